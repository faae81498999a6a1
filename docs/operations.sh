# The runbook's commands, for bash and zsh: `. docs/operations.sh NAME`, with NAME of the webhook (auth0-webhooks by default).
# Each function that changes something checks what it was given before it changes anything. Needs the AWS CLI (version 2), and the Node
# that deployed the app.

STACK=${1:-auth0-webhooks}

# The value of an output of the stack.
output() {
  aws cloudformation describe-stacks --stack-name "$STACK" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

TABLE=$(output TableName) QUEUE=$(output QueueUrl) DEAD_LETTERS=$(output DeadLetterQueueUrl)
if [ -z "$TABLE" ] || [ -z "$QUEUE" ] || [ -z "$DEAD_LETTERS" ]; then
  echo "There is no stack $STACK here: check the name, AWS_REGION and the credentials, then source this file again." >&2
fi

refuse() {
  echo "Refused, nothing was changed: $1" >&2
  return 1
}

# since ALARM: when the alarm fired and went back, the newest first.
since() {
  aws cloudwatch describe-alarm-history --alarm-name "$STACK-$1" --history-item-type StateUpdate --max-items 10 \
    --query 'AlarmHistoryItems[].[Timestamp,HistorySummary]' --output table
}

# ask poller|deliverer QUESTION: puts a question to the last three hours of a function's log.
ask() {
  local id state=Scheduled
  id=$(aws logs start-query --log-group-name "/aws/lambda/$STACK-$1" --query-string "$2" \
    --start-time "$(($(date +%s) - 10800))" --end-time "$(date +%s)" --query queryId --output text) || return
  while [ "$state" = Scheduled ] || [ "$state" = Running ]; do
    sleep 1
    state=$(aws logs get-query-results --query-id "$id" --query status --output text) || return
  done
  [ "$state" = Complete ] || { echo "The question ended as $state." >&2; return 1; }
  aws logs get-query-results --query-id "$id" --output text \
    --query "results[*][?field!='@ptr'].join('=', [field, value])"
}

# setting auth0|webhook KEY: asks for the value without showing it, and keeps the other keys.
setting() {
  local current changed VALUE
  case $1/$2 in
    auth0/?* | webhook/?*) ;;
    *) refuse 'say which secret and which key: setting auth0 AUTH0_DOMAIN'; return ;;
  esac
  current=$(aws secretsmanager get-secret-value --secret-id "$STACK/$1" --query SecretString --output text) || return
  printf 'The value of %s (it is not shown): ' "$2"
  IFS= read -rs VALUE
  echo
  [ -n "$VALUE" ] || { refuse 'no value was typed'; return; }
  changed=$(printf '%s' "$current" | KEY=$2 VALUE=$VALUE node -e 'const { KEY, VALUE } = process.env;
    console.log(JSON.stringify({ ...JSON.parse(fs.readFileSync(0, "utf8")), [KEY]: VALUE }))') || return
  printf '%s' "$changed" | aws secretsmanager put-secret-value --secret-id "$STACK/$1" \
    --secret-string file:///dev/stdin --query Name --output text
}

# The position up to which the log was read.
cursor() {
  aws dynamodb get-item --consistent-read --table-name "$TABLE" --key '{"pk":{"S":"ledger"},"sk":{"S":"state"}}' \
    --query Item.cursor.S --output text
}

# rewind LOG_ID | rewind 2026-11-23T09:00:00Z: the log is read again from there. It only goes back, and cannot be undone.
rewind() {
  local at to=$1 answer digits
  at=$(cursor) || return
  [ "${#at}" -gt 20 ] || { refuse 'the table has no cursor yet: nothing was ever read'; return; }
  case $1 in
    [0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]T[0-9][0-9]:[0-9][0-9]:[0-9][0-9]Z)
      digits=$(printf '%s' "$1" | tr -d 'TZ:-')
      # Auth0's ids: the tenant's own prefix, the time, then what tells entries of one moment apart.
      to=$(printf '%.3s%s%0*d' "$at" "$digits" "$((${#at} - 17))" 0)
      ;;
    '' | *[!0-9]*) refuse "'$1' is neither a log_id nor a time such as 2026-11-23T09:00:00Z"; return ;;
  esac
  [ "${#to}" -eq "${#at}" ] || { refuse "a log_id has ${#at} digits here, '$to' has ${#to}"; return; }
  [ "$(printf '%.3s' "$to")" = "$(printf '%.3s' "$at")" ] ||
    { refuse "the ids of this tenant begin with $(printf '%.3s' "$at")"; return; }
  [[ $to < $at ]] || { refuse "$to is not before the cursor $at"; return; }
  printf 'The log is read again from %s (now at %s).\n' "$to" "$at"
  printf 'Everything since then that matches is sent again. Type yes: '
  read -r answer
  [ "$answer" = yes ] || { refuse 'it was not confirmed'; return; }
  aws dynamodb update-item --table-name "$TABLE" \
    --key '{"pk":{"S":"ledger"},"sk":{"S":"state"}}' \
    --update-expression 'SET #cursor = :to, #seq = #seq + :one' \
    --condition-expression '#cursor > :to' \
    --expression-attribute-names '{"#cursor":"cursor","#seq":"seq"}' \
    --expression-attribute-values "{\":to\":{\"S\":\"$to\"},\":one\":{\"N\":\"1\"}}"
}

# dead_letters: what lies in the dead-letter queue (ten at a time) and why.
dead_letters() {
  aws sqs receive-message --queue-url "$DEAD_LETTERS" --max-number-of-messages 10 --visibility-timeout 0 \
    --message-attribute-names All --output table \
    --query 'Messages[].MessageAttributes.{log_id:log_id.StringValue,resource:resource.StringValue,reason:reason.StringValue,status:status.StringValue,attempts:attempts.StringValue}'
}

arn() {
  aws sqs get-queue-attributes --queue-url "$1" --attribute-names QueueArn --query Attributes.QueueArn --output text
}

# redrive: sends every dead letter to the queue again, each for a whole new retry window.
redrive() {
  local from to
  from=$(arn "$DEAD_LETTERS") && to=$(arn "$QUEUE") || return
  aws sqs start-message-move-task --source-arn "$from" --destination-arn "$to" --query TaskHandle --output text &&
    aws sqs list-message-move-tasks --source-arn "$from" \
      --query 'Results[].[Status,ApproximateNumberOfMessagesMoved,ApproximateNumberOfMessagesToMove]' --output table
}

# Takes an ordinal out of a batch. The ledger comes first: the other way round the event would look lost and be read again.
forget() {
  aws dynamodb update-item --table-name "$TABLE" \
    --key "{\"pk\":{\"S\":\"ledger\"},\"sk\":{\"S\":\"$1\"}}" \
    --update-expression 'DELETE #pending :set' \
    --condition-expression "$3" \
    --expression-attribute-names '{"#pending":"pending"}' \
    --expression-attribute-values "{\":set\":{\"NS\":[\"$2\"]},\":one\":{\"N\":\"$2\"}}"
}

# dismiss LOG_ID: gives one dead letter up for good.
dismiss() {
  local message place batch ordinal receipt pending
  case $1 in '' | *[!0-9]*) refuse "'$1' is no log_id: dead_letters has them"; return ;; esac
  message=$(aws sqs receive-message --queue-url "$DEAD_LETTERS" --max-number-of-messages 10 --visibility-timeout 20 \
    --message-attribute-names All --output json) || return
  place=$(printf '%s' "$message" | LOG_ID=$1 node -e 'const { Messages = [] } = JSON.parse(fs.readFileSync(0, "utf8") || "{}");
    const found = Messages.find(({ MessageAttributes: of }) => of?.log_id?.StringValue === process.env.LOG_ID);
    if (found) console.log(found.MessageAttributes.batch.StringValue, found.MessageAttributes.ordinal.StringValue, found.ReceiptHandle)') || return
  [ -n "$place" ] || { refuse "no dead letter among the ten that SQS gave has the log_id $1"; return; }
  read -r batch ordinal receipt <<< "$place"
  # Without an answer nothing is deleted: the event may still wait for its message.
  pending=$(aws dynamodb get-item --consistent-read --table-name "$TABLE" \
    --key "{\"pk\":{\"S\":\"ledger\"},\"sk\":{\"S\":\"$batch\"}}" \
    --query "contains(Item.pending.NS || \`[]\`, '$ordinal')" --output text) || return
  if [ "$pending" = True ]; then
    forget "$batch" "$ordinal" 'contains(#pending, :one)' || return
  fi
  aws sqs delete-message --queue-url "$DEAD_LETTERS" --receipt-handle "$receipt" || return
  echo "Dismissed $1. The next poll moves the checkpoint."
}

# dismiss_unreadable BATCH ORDINAL: gives up an event that Auth0 no longer has, and that has no message.
dismiss_unreadable() {
  case $1 in 'batch#'?*) ;; *) refuse "'$1' is no batch: the log line events.unreadable names it"; return ;; esac
  case $2 in '' | *[!0-9]*) refuse "'$2' is no ordinal: it is a number from 0"; return ;; esac
  forget "$1" "$2" 'contains(unreadable, :one) AND contains(#pending, :one)' ||
    { refuse "$2 is not an unreadable event of that batch that still waits"; return; }
  echo "Dismissed $2 of $1. The next poll moves the checkpoint."
}
