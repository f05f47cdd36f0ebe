#!/usr/bin/env bash
# The whole REST API, call by call, with curl:
#
#   SIMPLEIM_URL=http://localhost:8080 SIMPLEIM_PARTNER_KEY=… ./tour.sh
#
# On the server's own machine no key is needed while none is configured. Each call is printed with its answer. The first
# unexpected answer ends the tour.
set -euo pipefail

IM=${SIMPLEIM_URL:-http://localhost:8080}
KEY=${SIMPLEIM_PARTNER_KEY:-}
ALICE=tour-alice
BOB=tour-bob
CAROL=tour-carol

# say TEXT: prints a headline
say() { printf '\n# %s\n' "$1"; }

# request HEADER METHOD PATH [name=value…]: prints the answer and keeps it in $ANSWER. The header comes from a pipe, since anybody
# who lists the machine's processes can read a command line.
request() {
  local header=$1 method=$2 path=$3 parameter
  shift 3
  local arguments=(--silent --show-error --max-time 20 --header 'Accept-Language: en')
  [ "$method" = POST ] || arguments+=(--get)
  [ $# -gt 0 ] || [ "$method" = GET ] || arguments+=(--data '')
  for parameter in "$@"; do arguments+=(--data-urlencode "$parameter"); done
  printf '%s %s %s\n' "$method" "$path" "$*"
  ANSWER=$(curl "${arguments[@]}" --header @<(printf '%s\n' "$header") "$IM$path")
  printf '  %s\n' "$ANSWER"
}

# succeed / refuse ERROR: checks the last answer
succeed() { [[ $ANSWER == *'"code":200'* ]] || { echo "That should have succeeded." >&2; exit 1; }; }
refuse() { [[ $ANSWER == *"\"error\":\"$1\""* ]] || { echo "That should have been refused: $1." >&2; exit 1; }; }

# partner METHOD PATH …: a call of your back end; user TOKEN METHOD PATH …: a call of a user
partner() { request "X-Partner-Key: $KEY" "$@"; succeed; }
user() { local token=$1; shift; request "token: $token" "$@"; succeed; }

# field NAME: its value in the last answer
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p" <<<"$ANSWER"; }

say "Is the server up, and are its stores?"
request "" GET /health/live
succeed
request "" GET /health/ready
succeed

say "Your back end gets tokens for its users: each opens a session, for one device"
partner POST /user/get_login_token user_id=$ALICE
alice=$(field token)
partner POST /user/get_login_token user_id=$BOB
bob=$(field token)
partner POST /user/get_login_token user_id=$CAROL
carol=$(field token)

say "Alice writes to Bob, with a client_msg_id: sent twice, stored once"
message="client_msg_id=hello-$(date +%s)-$$"
user "$alice" POST /rm/room/single_message to_user_id=$BOB message='Hello Bob & 你好' "$message"
pair=$(field room_id)
first=$(field message_id)
user "$alice" POST /rm/room/single_message to_user_id=$BOB message='Hello Bob & 你好' "$message"
[ "$(field message_id)" = "$first" ]

say "A room: create, name, enter, invite, rename"
user "$alice" POST /rm/room/create_room name='Lunch'
room=$(field roomId)
user "$bob" POST /rm/room/enter_room "room_id=$room"
user "$alice" POST /rm/room/invite_user_enter_room "room_id=$room" invite_user_id=$CAROL
user "$alice" POST /rm/room/set_room_name "room_id=$room" name='Lunch at noon'
user "$alice" POST /rm/room/room_message "room_id=$room" message='Who is coming?'
user "$bob" POST /rm/room/room_message "room_id=$room" message='I am' message_type=7

say "Its members, and how far each has read"
user "$carol" GET /rm/room/get_room_member_list "room_id=$room" page_size=10

say "Bob's conversations, latest activity first"
user "$bob" GET /rm/room/get_room_list
user "$bob" GET /rm/room/get_room_list room_type=1 page=1 page_size=5

say "The history: newest first, or after a number that the client has"
user "$bob" GET /rm/room/get_room_message_list "room_id=$room" page=1 page_size=10
user "$bob" GET /rm/room/get_room_message_list "room_id=$room" after_seq=1
user "$alice" GET /rm/room/get_room_message_list "room_id=$pair" page_size=1

say "Only the host can kick; a kicked user can no longer send"
request "token: $bob" POST /rm/room/kick_out_room "room_id=$room" user_id=$CAROL
refuse not_room_host
user "$alice" POST /rm/room/kick_out_room "room_id=$room" user_id=$CAROL
request "token: $carol" POST /rm/room/room_message "room_id=$room" message='Hello?'
refuse not_in_room
user "$alice" POST /rm/room/exit_room "room_id=$room"
user "$bob" POST /rm/room/exit_room "room_id=$room"

say "Sessions: users see and end their own, your back end sees and ends everybody's"
partner POST /user/get_login_token user_id=$ALICE
phone=$(field token)
user "$alice" GET /u/user/get_session_list
user "$alice" POST /u/user/end_sessions
request "token: $phone" GET /rm/room/get_room_list
refuse token_expired
partner POST /user/get_session_list user_id=$BOB
partner POST /user/end_sessions user_id=$BOB
request "token: $bob" GET /rm/room/get_room_list
refuse token_expired

say "Logging out"
user "$alice" POST /u/user/login_out
user "$carol" POST /u/user/login_out
request "token: $alice" POST /u/user/login_out
refuse token_expired

say "That was all. To see the pushes: java Listen.java ws${IM#http}/u/user/connect TOKEN"
