#!/usr/bin/env bash
# Sends pictures to a job that runs, and counts the events that come of them, read committed: each picture must be classified
# once, and one file that is no picture must become one dead letter. Exit status 0 if so, 1 if not, 2 where it was called wrongly.
#   docker/smoke-test.sh [--bootstrap-servers localhost:29092] [--rest localhost:8081] [--pictures 20] [--timeout 120] [--jar FILE]
# Needs Java and the jar of the side module (mvn -q package -DskipTests), and topics images, classifications and dead-letters.
set -uo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

servers=localhost:29092
rest=localhost:8081
pictures=20
limit=120
jar=
work=
tail=

say() {
    echo "smoke test: $*" >&2
}

fail() {
    say "$1"
    exit "${2:-1}"
}

cleanup() {
    [ -z "$tail" ] || kill "$tail" 2>/dev/null
    [ -z "$work" ] || rm -rf "$work"
}
trap cleanup EXIT

while [ $# -gt 0 ]; do
    [ $# -gt 1 ] || fail "$1 needs a value" 2
    case $1 in
        --bootstrap-servers) servers=$2 ;;
        --rest) rest=$2 ;;
        --pictures) pictures=$2 ;;
        --timeout) limit=$2 ;;
        --jar) jar=$2 ;;
        *) fail "$1 is no option; there are --bootstrap-servers, --rest, --pictures, --timeout and --jar" 2 ;;
    esac
    shift 2
done
[[ $pictures =~ ^[1-9][0-9]{0,3}$ ]] || fail "--pictures must be 1 to 9999, not '$pictures'" 2
[[ $limit =~ ^[1-9][0-9]{0,4}$ ]] || fail "--timeout must be a number of seconds, not '$limit'" 2
[[ $rest =~ ^[^:/]+:[0-9]+$ ]] || fail "--rest must be host:port, not '$rest'" 2
if [ -z "$jar" ]; then
    for jar in "$here"/../model/target/alexstream-model-*.jar; do :; done
fi
[ -f "$jar" ] || fail "there is no $jar: build it with mvn -q package -DskipTests, or name it with --jar" 2
command -v java >/dev/null || fail "java is not on PATH; install a Java 17 or later" 2
model=(java -Xmx256m -XX:TieredStopAtLevel=1 -jar "$jar")

# The answer's body; nothing where nobody answers.
get() {
    timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1" && printf "GET %s HTTP/1.0\r\n\r\n" "$2" >&3 && cat <&3' "${rest%:*}" "${rest##*:}" "$1" 2>/dev/null
}

# within SECONDS COMMAND...: whether it succeeds once.
within() {
    local end=$((SECONDS + $1))
    shift
    until "$@"; do
        [ $SECONDS -lt $end ] || return 1
        sleep 1
    done
}

job_runs() {
    [[ $(get /jobs/overview) == *'"state":"RUNNING"'* ]]
}

within "$limit" job_runs || fail "no job runs at http://$rest after $limit s; look at the JobManager's log"

work=$(mktemp -d) || exit 1
run=smoke-$$-$RANDOM
"$here/draw-pictures.sh" "$work/pictures" "$pictures" "$run" || fail "the pictures could not be drawn in $work"
echo "no picture" >"$work/pictures/$run-broken.jpg"

# It says that it follows once it holds its places at the topics' ends: nothing that is sent then can be missed.
"${model[@]}" tail --bootstrap-servers "$servers" --json >"$work/events" 2>"$work/tail.err" &
tail=$!
follows() {
    grep -q '^following' "$work/tail.err" || ! kill -0 "$tail" 2>/dev/null
}
within 60 follows
grep -q '^following' "$work/tail.err" || fail "the topics cannot be read: $(tail -n 1 "$work/tail.err")"

begun=$SECONDS
"${model[@]}" send-images --dir "$work/pictures" --inline --bootstrap-servers "$servers" >"$work/sent" 2>&1 ||
    fail "the pictures could not be sent: $(tail -n 1 "$work/sent")"

# Events of this run: its prefix is part of the id. Both kinds of event have a source, with topic, partition and offset.
events() {
    grep -F "\"id\":\"$run-" "$work/events"
}
all_there() {
    [ "$(events | wc -l)" -ge $((pictures + 1)) ]
}
within "$limit" all_there
took=$((SECONDS - begun))
# What comes twice would come with the next checkpoint, ten seconds later.
[ "$(events | wc -l)" -le $((pictures + 1)) ] && sleep 12

dead=$(events | grep -c '"reason":"UNSUPPORTED_FORMAT"')
otherwise=$(events | grep '"reason":' | grep -vc '"reason":"UNSUPPORTED_FORMAT"')
classified=$(events | grep -vc '"reason":')
distinct=$(events | grep -o '"source":{[^}]*}' | sort -u | wc -l)
total=$(events | wc -l)
say "$pictures pictures and 1 broken file sent; $classified classified, $((dead + otherwise)) dead letters, $((total - distinct)) doubled, all after $took s"
[ "$classified" -eq "$pictures" ] || fail "failed: $classified of $pictures pictures were classified within $limit s"
[ "$dead" -eq 1 ] && [ "$otherwise" -eq 0 ] || fail "failed: one dead letter UNSUPPORTED_FORMAT was expected, not $dead, and $otherwise others"
[ "$total" -eq "$distinct" ] || fail "failed: $((total - distinct)) events are there twice"
say "passed"
