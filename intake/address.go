package intake

import (
	"net/mail"
	"strings"
	"unicode/utf8"

	"klachtd/complaint"
)

// Bounds of an address field. What is beyond them is a mailing or an attack; nobody writes to it.
const (
	maxAddressField = 32 << 10
	maxAddresses    = 200
)

// parseAddresses reads an address field. One in six real From lines is not what RFC 5322 asks for, so that what the
// strict reading refuses is read leniently; strict then is false, and the field proves nothing about its sender.
// Encoded words are decoded in names and never in addresses, where they would hide an @.
func parseAddresses(value string) (list []complaint.Address, strict bool) {
	if value == "" {
		return nil, true
	}
	strict = len(value) <= maxAddressField
	value = value[:min(len(value), maxAddressField)]
	if !utf8.ValidString(value) {
		value = repair([]byte(value), "")
	}
	value = honestLabels(value)
	parser := mail.AddressParser{WordDecoder: wordDecoder()}
	if found, err := parser.ParseList(value); err == nil {
		for _, a := range found[:min(len(found), maxAddresses)] {
			list = append(list, complaint.Address{Name: decodeWords(a.Name), Mail: a.Address})
		}
		return list, strict
	}
	items, name := splitAddresses(value), ""
	for i, item := range items {
		if item = name + item; !strings.Contains(item, "@") && i+1 < len(items) {
			name = item + "," // Vries, Jan de <jan@example.nl>
			continue
		}
		name = ""
		if a := lenientAddress(item); a != (complaint.Address{}) {
			list = append(list, a)
		}
	}
	return list, false
}

// splitAddresses cuts at the commas and semicolons that stand outside quotes, comments and angle brackets.
func splitAddresses(value string) []string {
	var items []string
	quoted, start := false, 0
	var nested byte // the closing mark that is waited for
	for i := 0; i < len(value) && len(items) < maxAddresses; i++ {
		c := value[i]
		switch {
		case c == '\\':
			i++
		case c == '"' && nested == 0:
			quoted = !quoted
		case quoted:
		case nested != 0:
			if c == nested {
				nested = 0
			}
		case c == '<':
			nested = '>'
		case c == '(':
			nested = ')'
		case c == ',' || c == ';':
			items = append(items, value[start:i])
			start = i + 1
		}
	}
	if start < len(value) && len(items) < maxAddresses {
		items = append(items, value[start:])
	}
	return items
}

// lenientAddress takes the last thing in angle brackets for the address and what stands before it for the name; without
// brackets, the only word with an @.
func lenientAddress(item string) complaint.Address {
	name, addr := item, ""
	if open := strings.LastIndexByte(item, '<'); open >= 0 {
		name = item[:open]
		addr, _, _ = strings.Cut(item[open+1:], ">")
	} else {
		for word := range strings.FieldsSeq(item) {
			if word = strings.Trim(word, `"'()[]:,;`); strings.Contains(word, "@") {
				if addr != "" {
					return complaint.Address{Name: oneLine(decodeWords(item))} // two of them: neither is sure
				}
				addr, name = word, strings.Replace(item, word, "", 1)
			}
		}
	}
	spec := lenientSpec(addr)
	if name = lenientName(name); name == "" && spec == "" {
		name = lenientName(item)
	}
	return complaint.Address{Name: name, Mail: spec}
}

func lenientName(name string) string {
	name = strings.TrimFunc(name, func(r rune) bool { return strings.ContainsRune(" \t\"'()<>,;", r) })
	return decodeWords(strings.ReplaceAll(name, `\"`, `"`))
}

// lenientSpec returns addr when it can be an address at all, and else "".
func lenientSpec(addr string) string {
	addr = strings.TrimPrefix(strings.TrimSpace(addr), "mailto:")
	local, domain, ok := strings.Cut(addr, "@")
	if !ok || local == "" || domain == "" || len(addr) > 320 || strings.Contains(domain, "@") {
		return ""
	}
	if strings.ContainsFunc(addr, func(r rune) bool { return r <= ' ' || r == 0x7f || strings.ContainsRune(`"<>(),;:\`, r) }) {
		return ""
	}
	return addr
}

// returnPath is "" when the field is absent, and "<>" when nobody wants an answer.
func returnPath(h header) string {
	if h.count("Return-Path") == 0 {
		return ""
	}
	addr := strings.Trim(strings.TrimSpace(h.get("Return-Path")), "<> \t")
	if addr == "" {
		return "<>"
	}
	return oneLine(repair([]byte(addr), ""))
}
