#!/usr/bin/env bash
# Prints each entry of the audit log once and in order, as JSON, over lost connections, restarts of the server, and
# restarts of this script. Needs curl.
#
#   OPSGRAPH_URL=http://127.0.0.1:9200/graphql OPSGRAPH_TOKEN=... ./follow.sh position.txt
set -u

url=${OPSGRAPH_URL:-http://127.0.0.1:9200/graphql}
position_file=${1:-position.txt}
body='{"query":"subscription { auditEvents { eventType actorId action } }"}'

while :; do
  position=$(cat "$position_file" 2>/dev/null)
  headers=(-H 'accept: text/event-stream' -H 'content-type: application/json')
  [ -n "${OPSGRAPH_TOKEN:-}" ] && headers+=(-H "authorization: Bearer $OPSGRAPH_TOKEN")
  [ -n "$position" ] && headers+=(-H "last-event-id: $position")
  event=''
  while IFS= read -r line; do
    case $line in
      'id: '*) position=${line#id: } ;;
      'event: '*) event=${line#event: } ;;
      'data: '*) [ "$event" = next ] && printf '%s\n' "${line#data: }" ;;
      '') # the end of an event
        [ "$event" = complete ] && exit 1 # the reason is in the last line
        [ -n "$position" ] && printf '%s' "$position" >"$position_file"
        event=''
        ;;
    esac
  # A connection on which nothing arrives for 45 s is dead: the server sends something at least every 30 s.
  done < <(curl -sN --connect-timeout 10 --speed-limit 1 --speed-time 45 "${headers[@]}" -d "$body" "$url")
  sleep "$((RANDOM % ${RETRY_S_MAX:-10} + 1))"
done
