#!/usr/bin/env bash
# Says by its exit status whether a container of AlexStream is healthy; what is wrong goes to stderr, in one line.
#   healthy.sh jobmanager     the job runs: all its tasks, on this JobManager
#   healthy.sh taskmanager    the TaskManager answers, and is registered with the JobManager that JOBMANAGER names (host:port)
# Bash alone, so that it works in any image that Flink itself starts in.
set -uo pipefail

fail() {
    echo "healthy.sh: $*" >&2
    exit 1
}

# get HOST PORT PATH: the answer's body. Fails where there is none within five seconds.
get() {
    timeout 5 bash -c 'exec 3<>"/dev/tcp/$0/$1" && printf "GET %s HTTP/1.0\r\nHost: %s\r\n\r\n" "$2" "$0" >&3 && cat <&3' "$@" 2>/dev/null
}

case ${1:-} in
    jobmanager)
        jobs=$(get localhost 8081 /jobs/overview) || fail "the JobManager does not answer on port 8081"
        # Tasks of another state than RUNNING are counted by that state.
        [[ $jobs == *'"state":"RUNNING"'* ]] || fail "no job runs"
        [[ $jobs =~ '"total":'([0-9]+) ]] && total=${BASH_REMATCH[1]}
        [[ $jobs =~ '"running":'([0-9]+) ]] && running=${BASH_REMATCH[1]}
        [ "${running:-0}" = "${total:-1}" ] || fail "${running:-0} of ${total:-?} tasks run"
        ;;
    taskmanager)
        metrics=$(get localhost 9249 /metrics) || fail "the TaskManager does not answer on port 9249"
        [[ $metrics == *flink_taskmanager_Status_JVM* ]] || fail "the TaskManager reports no metrics on port 9249"
        jobmanager=${JOBMANAGER:-jobmanager:8081}
        workers=$(get "${jobmanager%:*}" "${jobmanager##*:}" /taskmanagers) || fail "no answer from the JobManager at $jobmanager"
        # A TaskManager's id begins with the address that it is reached under.
        address=$(hostname -i 2>/dev/null) || address=
        for one in $address $(hostname); do
            [[ $workers == *"\"id\":\"$one:"* ]] && exit 0
        done
        fail "the JobManager at $jobmanager does not know this TaskManager"
        ;;
    *)
        fail "say jobmanager or taskmanager"
        ;;
esac
