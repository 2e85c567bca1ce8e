#!/usr/bin/env bash
# @TITLE@
# @ABOUT@
#
#   @USAGE@
set -euo pipefail
cd "$(dirname "$0")"

PREFIX=${1:-@BLUEPRINT@}
@BUCKET@
fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

case $PREFIX in
  [!A-Za-z]* | *[!A-Za-z0-9-]* | ???????????????????????????????*) fail "@BAD_PREFIX@" ;;
esac
command -v aws >/dev/null || fail "@NO_CLI@"
@ASKED@account=$(aws sts get-caller-identity --query Account --output text) || fail "@NO_ACCOUNT@"
printf '%s\n' "@START@"

# output REGION STACK OUTPUT: what a deployed stack hands on.
output() {
  local region=$1 stack=$2 output=$3 value
  value=$(aws cloudformation describe-stacks --region "$region" --stack-name "$PREFIX-$stack" \
    --query "Stacks[0].Outputs[?OutputKey=='$output'].OutputValue | [0]" --output text)
  case $value in
    '' | None) fail "@NO_OUTPUT@" ;;
  esac
  printf '%s\n' "$value"
}

# deploy REGION STACK [PARAMETER=VALUE]...
deploy() {
  local region=$1 stack=$2 status
  shift 2
  status=$(aws cloudformation describe-stacks --region "$region" --stack-name "$PREFIX-$stack" \
    --query 'Stacks[0].StackStatus' --output text 2>/dev/null || true)
  # A stack whose first deployment failed takes no other one: it must go first.
  if [ "$status" = ROLLBACK_COMPLETE ]; then
    aws cloudformation delete-stack --region "$region" --stack-name "$PREFIX-$stack"
    aws cloudformation wait stack-delete-complete --region "$region" --stack-name "$PREFIX-$stack"
  fi
  printf '\n%s\n' "@DEPLOYING@"
  if [ "$#" -gt 0 ]; then
    set -- --parameter-overrides "$@"
  fi
  aws cloudformation deploy --region "$region" --stack-name "$PREFIX-$stack" --template-file "$stack.@EXTENSION@" \
    --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset@S3@ \
    --tags "project=$PREFIX" "blueprint=@BLUEPRINT@" "tier=$stack" "$@" || fail "@FAILED@"
}

# show REGION STACK: all outputs of a stack.
show() {
  local region=$1 stack=$2
  printf '\n%s\n' "$PREFIX-$stack"
  aws cloudformation describe-stacks --region "$region" --stack-name "$PREFIX-$stack" \
    --query 'Stacks[0].Outputs[].[OutputKey,OutputValue]' --output table
}

# wait_for REGION STACK OUTPUT: until the address in an output answers, five minutes at the most. A certificate is of
# another name than the load balancer's, hence --insecure.
wait_for() {
  local address tries=0
  address=$(output "$1" "$2" "$3")
  printf '\n%s\n' "@WAITING@"
  until curl --silent --fail --insecure --location --max-time 5 --output /dev/null "$address"; do
    tries=$((tries + 1))
    if [ "$tries" -ge 30 ]; then
      printf '%s\n' "@SILENT@"
      return
    fi
    sleep 10
  done
  printf '%s\n' "@READY@"
}

@STACKS@@SHOW@