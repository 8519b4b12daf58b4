#!/usr/bin/env bash
# A private Dovecot and Postfix on loopback, for tests. See README.md.
set -euo pipefail
shopt -s nullglob
umask 022

usage='usage: mailservers.sh start|stop|status DIR [dovecot|postfix]'
host=mail.optimumconsult.example
password=geheim
mail_user=mail
domains=${MAIL_DOMAINS:-optimumconsult.example,praktijk.example,klager.example}
declare -A ports_of=([dovecot]='IMAP_PORT IMAPS_PORT' [postfix]='SMTP_PORT SUBMISSION_PORT SUBMISSIONS_PORT')
port_names=(${ports_of[dovecot]} ${ports_of[postfix]})
# The longest socket name Dovecot and Postfix make below DIR, and what Linux allows.
longest_socket=/dovecot/token-login/imap-urlauth
socket_limit=107
template= # Dovecot's configuration, by its version

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
PATH=$PATH:/usr/sbin:/sbin

say() { echo "mailservers: $*" >&2; }
die() { say "$2"; exit "$1"; }

need() { command -v "$1" >/dev/null || die 3 "$1 is missing: apt-get install $2"; }

check_packages() {
	need dovecot dovecot-imapd
	need postfix postfix
	need openssl openssl
	need flock util-linux
	local part libexec
	libexec=$(doveconf -dh libexec_dir 2>/dev/null || true)
	for part in imap lmtp; do
		[[ -x ${libexec:-/usr/lib/dovecot}/$part ]] || die 3 "dovecot has no $part: apt-get install dovecot-${part}d"
	done
	template=dovecot-$(dovecot --version | cut -d. -f1,2).conf
	[[ -f $here/$template ]] || die 3 "dovecot $(dovecot --version) is unknown here: there is no $template"
}

# check_dir makes DIR fit for servers that drop their privileges: every folder
# above it can be passed by any user. Only temporary folders are changed.
check_dir() {
	[[ $dir =~ ^[A-Za-z0-9_./+@-]+$ ]] || die 2 "$dir: only letters, digits and _./+@- are safe in the servers' configurations"
	local room=$((socket_limit - ${#longest_socket}))
	((${#dir} <= room)) || die 2 "$dir is ${#dir} characters long, and sockets leave room for $room"
	local folder=$dir
	chmod o+x "$dir"
	while folder=${folder%/*} && [[ -n $folder ]]; do
		((0$(stat -c %a "$folder") & 1)) && continue
		[[ -k ${folder%/*} ]] || die 1 "other users cannot pass $folder: chmod o+x, or choose another DIR"
		chmod o+x "$folder"
	done
}

# --- ports and certificates -------------------------------------------------

port_free() { ! (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# choose_ports takes each port from the environment, from an earlier start in
# the same DIR, or at random below the range the kernel gives to clients.
choose_ports() {
	local name port old='' chosen=' '
	[[ ! -f $dir/ports ]] || old=$(<"$dir/ports")
	for name in "${port_names[@]}"; do
		port=${!name:-$(sed -n "s/^$name=//p" <<<"$old")}
		while [[ -z $port ]]; do
			port=$((10000 + RANDOM % 22000))
			[[ $chosen != *" $port "* ]] && port_free "$port" || port=
		done
		chosen+="$port "
		printf -v "$name" %s "$port"
		echo "$name=$port"
	done >"$dir/ports.new"
	mv "$dir/ports.new" "$dir/ports"
	. "$dir/ports"
}

# Postfix would share a taken port with whoever holds it, so it is not left to find out.
check_ports() {
	local server name
	for server in "${servers[@]}"; do
		for name in ${ports_of[$server]}; do
			port_free "${!name}" || die 1 "$name: port ${!name} is taken"
		done
	done
}

make_certificates() {
	[[ -f $dir/tls/server.crt ]] && return
	mkdir -p "$dir/tls"
	cat >"$dir/tls/openssl.cnf" <<-END
		[req]
		distinguished_name = name
		[name]
		[ca]
		basicConstraints = critical, CA:TRUE
		keyUsage = critical, keyCertSign, cRLSign
		subjectKeyIdentifier = hash
		[server]
		basicConstraints = critical, CA:FALSE
		keyUsage = critical, digitalSignature
		extendedKeyUsage = serverAuth
		authorityKeyIdentifier = keyid
		subjectAltName = DNS:localhost, DNS:$host, IP:127.0.0.1, IP:::1
	END
	(
		cd "$dir/tls"
		umask 077
		openssl req -x509 -config openssl.cnf -extensions ca -days 10950 -subj '/CN=mailservers test CA' \
			-newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout ca.key -out ca.crt
		openssl req -config openssl.cnf -subj /CN=localhost \
			-newkey ec -pkeyopt ec_paramgen_curve:P-256 -noenc -keyout server.key -out server.csr
		openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -set_serial 1 -days 10950 \
			-extfile openssl.cnf -extensions server -out server.crt
		chmod 644 ca.crt server.crt
	) >"$dir/tls/openssl.log" 2>&1 || die 1 "openssl: $(tail -n 1 "$dir/tls/openssl.log")"
	chmod 755 "$dir/tls"
}

# --- configuration ----------------------------------------------------------

fill() { # TEMPLATE TARGET
	local script="s|@DIR@|$dir|g; s|@HOST@|$host|g; s|@PASSWORD@|$password|g" name
	script+="; s|@DOMAINS@|${domains//,/, }|g; s|@USER_PATTERNS@|*@${domains//,/ *@}|g"
	script+="; s|@MAIL_UID@|$(id -u $mail_user)|g; s|@MAIL_GID@|$(id -g $mail_user)|g"
	for name in "${port_names[@]}"; do
		script+="; s|@$name@|${!name}|g"
	done
	sed "$script" "$here/$1" >"$2"
}

configure() {
	mkdir -p "$dir"/{mail,dovecot,postfix,postfix-data,queue}
	chmod 755 "$dir"/{mail,dovecot,postfix,queue}
	chown "$mail_user": "$dir/mail"
	chown postfix "$dir/postfix-data"
	make_certificates
	choose_ports
	fill "$template" "$dir/dovecot.conf"
	fill main.cf "$dir/postfix/main.cf"
	fill master.cf "$dir/postfix/master.cf"
	# Postfix waits two seconds for a main.cf that was written just now.
	touch -d '1 minute ago' "$dir/postfix/main.cf"
}

write_env() {
	cat >"$dir/env.new" <<-END
		IMAP_ADDR=127.0.0.1:$IMAP_PORT
		IMAPS_ADDR=127.0.0.1:$IMAPS_PORT
		SMTP_ADDR=127.0.0.1:$SMTP_PORT
		SUBMISSION_ADDR=127.0.0.1:$SUBMISSION_PORT
		SUBMISSIONS_ADDR=127.0.0.1:$SUBMISSIONS_PORT
		LMTP_SOCKET=$dir/dovecot/lmtp
		CA_FILE=$dir/tls/ca.crt
		PASSWORD=$password
		USERS=info@optimumconsult.example,noor@praktijk.example,ruud@praktijk.example,kim@klager.example
		MAIL_DOMAINS=$domains
		MAIL_HOST=$host
		MAIL_DIR=$dir/mail
		DOVECOT_CONFIG=$dir/dovecot.conf
		DOVECOT_LOG=$dir/dovecot.log
		DOVECOT_SESSION=$(session dovecot)
		POSTFIX_CONFIG=$dir/postfix
		POSTFIX_LOG=$dir/postfix.log
		POSTFIX_SESSION=$(session postfix)
	END
	mv "$dir/env.new" "$dir/env"
}

# --- processes --------------------------------------------------------------
# Each server's master leads a session of its own, which its children never
# leave: who is in the session is who must be gone when the server is stopped.

session() { cat "$dir/$1.session" 2>/dev/null || true; }

members() { # SERVER: its living processes
	local wanted file stat fields
	wanted=$(session "$1")
	[[ -n $wanted ]] || return 0
	for file in /proc/[0-9]*/stat; do
		read -r stat 2>/dev/null <"$file" || continue
		fields=(${stat##*) }) # state, parent, group, session
		[[ ${fields[3]} == "$wanted" && ${fields[0]} != Z ]] || continue
		file=${file%/stat}
		[[ $(readlink "$file/exe") == *@(dovecot|postfix)* ]] && echo "${file#/proc/}"
	done 2>/dev/null
	return 0
}

# launch starts a server. Nothing it leaves behind may hold the caller's output,
# or its reader would wait for ever; nor the lock on fd 9.
launch() { # SERVER
	local pid_file=$dir/dovecot/master.pid try pid
	[[ $1 == dovecot ]] || pid_file=$dir/queue/pid/master.pid
	rm -f "$pid_file"
	case $1 in
	dovecot) dovecot -c "$dir/dovecot.conf" ;;
	postfix) postfix -c "$dir/postfix" start ;;
	esac </dev/null >"$dir/$1.start" 2>&1 9>&- || return
	for try in {1..100}; do # Dovecot writes its pid after it has gone to the background.
		read -r pid 2>/dev/null <"$pid_file" && echo "$pid" >"$dir/$1.session" && return
		sleep 0.05
	done
	return 1
}

greets() { # PORT
	local line
	{ read -r -t 10 -u 3 line; } 3<>"/dev/tcp/127.0.0.1/$1" && [[ $line == ['*2']* ]]
} 2>/dev/null

greets_all() { # SERVER
	case $1 in
	dovecot) greets "$IMAP_PORT" ;;
	postfix) greets "$SMTP_PORT" && greets "$SUBMISSION_PORT" ;;
	esac
}

start() {
	check_packages
	mkdir -p "$dir"
	dir=$(cd "$dir" && pwd -P)
	check_dir
	local server
	for server in "${servers[@]}"; do
		[[ -z $(members "$server") ]] || die 1 "$server already runs in $dir"
	done
	# A free port stays free until it is taken: one start at a time.
	exec 9<"${BASH_SOURCE[0]}"
	flock 9
	configure
	check_ports
	for server in "${servers[@]}"; do
		launch "$server" && greets_all "$server" && continue
		tail -n 5 "$dir/$server.start" "$dir/$server.log" >&2 || true
		stop >/dev/null
		die 1 "$server does not start"
	done
	write_env
}

gone() { [[ -z $(members "$1") ]]; }
leaderless() { ! members "$1" | grep -x "$(session "$1")" >/dev/null; }

await() { # SECONDS CONDITION...
	local end=$((SECONDS + $1))
	shift
	until "$@"; do
		((SECONDS < end)) || return 1
		sleep 0.05
	done
}

# stop asks all, and kills who stays: Dovecot's auth, for one, waits for Postfix
# to hang up. CONT wakes what a test has stopped.
stop() {
	local server pids
	for server in "${servers[@]}"; do
		pids=($(members "$server"))
		((${#pids[@]})) || continue
		kill -TERM "${pids[@]}" 2>/dev/null || true
		kill -CONT "${pids[@]}" 2>/dev/null || true
	done
	for server in "${servers[@]}"; do
		await 10 leaderless "$server" || say "$server does not stop, so it is killed"
		await 1 gone "$server" || kill -KILL $(members "$server") 2>/dev/null || true
		await 10 gone "$server" || die 1 "$server still runs: $(members "$server" | xargs)"
		rm -f "$dir/$server.session"
	done
}

status() {
	local server pids all=0
	for server in "${servers[@]}"; do
		pids=($(members "$server"))
		if ((${#pids[@]})); then
			echo "$server runs: ${#pids[@]} processes"
		else
			echo "$server does not run"
			all=1
		fi
	done
	return $all
}

(($# == 2 || $# == 3)) || die 2 "$usage"
((EUID == 0)) || die 3 'run as root: Postfix starts no other way'
dir=$2
servers=(dovecot postfix)
case ${3:-} in
'') ;;
dovecot | postfix) servers=("$3") ;;
*) die 2 "$usage" ;;
esac
case $1 in
start) start ;;
stop | status)
	[[ ! -d $dir ]] || dir=$(cd "$dir" && pwd -P)
	"$1"
	;;
*) die 2 "$usage" ;;
esac
