#!/usr/bin/env bash
# @TITLE@
# @ABOUT@
#
#   @USAGE@
set -euo pipefail
cd "$(dirname "$0")"

fail() {
  printf '%s\n' "$1" >&2
  exit 1
}

usage() {
  cat <<'TEXT'
@HELP@
TEXT
}

PREFIX= SETTINGS=()
@BUCKET@@WITH_ACCOUNT@for word in "$@"; do
  case $word in
    -h | --help)
      usage
      exit 0
      ;;
@ACCOUNT_WORD@@KNOWN@    -* | '' | *=*) fail "@UNKNOWN@" ;;
    *)
      if [ -z "$PREFIX" ]; then
        PREFIX=$word
@TAKE_BUCKET@      else
        fail "@UNKNOWN@"
      fi
      ;;
  esac
done
PREFIX=${PREFIX:-@BLUEPRINT@}
case $PREFIX in
  [!A-Za-z]* | *[!A-Za-z0-9-]* | *--* | *- | ???????????????????????????????*) fail "@BAD_PREFIX@" ;;
esac
@NEED_BUCKET@command -v aws >/dev/null || fail "@NO_CLI@"
account=$(aws sts get-caller-identity --query Account --output text) || fail "@NO_ACCOUNT@"

# recall REGION STACK: what a stack was deployed with, and what its template said then.
recall() {
  chosen=()
  values=$(aws cloudformation describe-stacks --region "$1" --stack-name "$PREFIX-$2" \
    --query 'Stacks[0].Parameters[].[ParameterKey,ParameterValue]' --output text 2>/dev/null || true)
  defaults=$(aws cloudformation get-template-summary --region "$1" --stack-name "$PREFIX-$2" \
    --query 'Parameters[].[ParameterKey,DefaultValue]' --output text 2>/dev/null || true)
}

# look_up LINES NAME: what stands behind the name; fails where it is not there.
look_up() {
  local name value
  while IFS=$'\t' read -r name value; do
    if [ "$name" = "$2" ]; then
      printf '%s\n' "$value"
      return 0
    fi
  done <<<"$1"
  return 1
}

# given PARAMETER: its value on the command line; fails where there is none.
given() {
  local setting
  for setting in ${SETTINGS[@]+"${SETTINGS[@]}"}; do
    if [ "${setting%%=*}" = "$1" ]; then
      printf '%s\n' "${setting#*=}"
      return 0
    fi
  done
  return 1
}

# choose PARAMETER [DEFAULT]: what is given now, else what was given to the stack before where the design still says the
# same, else what the design says.
choose() {
  local parameter=$1 value before
  if value=$(given "$parameter"); then
    :
  elif value=$(look_up "$values" "$parameter") && before=$(look_up "$defaults" "$parameter") &&
    [ "$value" != "$before" ] && [ "$before" = "${2-None}" ]; then
    printf '%s\n' "@STAYS@"
  else
    value=${2-}
  fi
  chosen+=("$parameter=$value")
}

# need REGION STACK PARAMETER MESSAGE: stops unless the parameter is given, now or before.
need() {
  if given "$3" >/dev/null; then
    return
  fi
  recall "$1" "$2"
  look_up "$values" "$3" >/dev/null || fail "$4"
}

@LEFT@@NEEDED@printf '%s\n' "@START@"

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
  case $status in
    # A stack whose first deployment failed takes no other one: it must go first.
    ROLLBACK_COMPLETE)
      printf '\n%s\n' "@CLEARING@"
      aws cloudformation delete-stack --region "$region" --stack-name "$PREFIX-$stack"
      aws cloudformation wait stack-delete-complete --region "$region" --stack-name "$PREFIX-$stack" || fail "@STUCK@"
      ;;
    CREATE_FAILED | ROLLBACK_FAILED | DELETE_FAILED) fail "@STUCK@" ;;
    UPDATE_FAILED | UPDATE_ROLLBACK_FAILED) fail "@HALFWAY@" ;;
    REVIEW_IN_PROGRESS) ;;
    *_IN_PROGRESS) fail "@BUSY@" ;;
  esac
  printf '\n%s\n' "@DEPLOYING@"
  if [ "$#" -gt 0 ]; then
    set -- --parameter-overrides "$@"
  fi
@S3@  aws cloudformation deploy --region "$region" --stack-name "$PREFIX-$stack" --template-file "$stack.@EXTENSION@" \
    --capabilities CAPABILITY_IAM --no-fail-on-empty-changeset \
    --tags "project=$PREFIX" "blueprint=@BLUEPRINT@" "tier=$stack" "home=@HOME@" "$@" || fail "@FAILED@"
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

# close_windows STACK: deletes what an earlier design has left to work by the clock. Its deletion closes the window that is
# open, for which the network must still be as it was.
close_windows() {
  local it region stack others=''
  for it in $left; do
    region=${it%/*} stack=${it#*/}
    if [ "$stack" != "$1" ]; then
      others="$others $it"
      continue
    fi
    printf '\n%s\n' "@CLOSING@"
    aws cloudformation delete-stack --region "$region" --stack-name "$PREFIX-$stack"
    aws cloudformation wait stack-delete-complete --region "$region" --stack-name "$PREFIX-$stack" || fail "@OPEN@"
  done
  left=$others
}

@ACCOUNT_TASKS@find_left
for it in $taken; do
  region=${it%/*} stack=${it#*/}
  fail "@TAKEN@"
done

@STACKS@@SHOW@for it in $left; do
  region=${it%/*} stack=${it#*/}
  printf '\n%s\n' "@FORMER@"
done
say_elsewhere
