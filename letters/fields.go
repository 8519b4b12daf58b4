package letters

import (
	"reflect"
	"slices"
)

// fields are the names a template can print: those of the views.
var fields = fieldsOf(reflect.TypeFor[complainantView](), reflect.TypeFor[concernedView]())

func fieldsOf(types ...reflect.Type) []string {
	var all []string
	for _, t := range types {
		for t.Kind() == reflect.Slice {
			t = t.Elem()
		}
		if t.Kind() != reflect.Struct || t.PkgPath() != reflect.TypeFor[head]().PkgPath() {
			continue
		}
		for i := range t.NumField() {
			f := t.Field(i)
			if !f.Anonymous {
				all = append(all, f.Name)
			}
			all = append(all, fieldsOf(f.Type)...)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}
