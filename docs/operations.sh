# What the runbook asks CloudWatch, for bash and zsh: `. docs/operations.sh NAME`, with NAME of the webhook (auth0-webhooks
# if it is left out). Needs the AWS CLI, version 2. Nothing here changes anything: `npx auth0-webhooks` does.

STACK=${1:-auth0-webhooks}

# The value of an output of the stack.
output() {
  aws cloudformation describe-stacks --stack-name "$STACK" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$1'].OutputValue"
}

TABLE=$(output TableName)
if [ -z "$TABLE" ]; then
  echo "There is no stack $STACK here: check the name, AWS_REGION and the credentials, then source this file again." >&2
fi

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
