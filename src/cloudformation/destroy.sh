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

PREFIX= YES=
for word in "$@"; do
  case $word in
    -h | --help)
      usage
      exit 0
      ;;
    -y | --yes) YES=yes ;;
    -* | '') fail "@UNKNOWN@" ;;
    *)
      [ -z "$PREFIX" ] || fail "@UNKNOWN@"
      PREFIX=$word
      ;;
  esac
done
PREFIX=${PREFIX:-@BLUEPRINT@}

case $PREFIX in
  [!A-Za-z]* | *[!A-Za-z0-9-]* | *--* | *- | ???????????????????????????????*) fail "@BAD_PREFIX@" ;;
esac
lower=$(printf '%s' "$PREFIX" | tr '[:upper:]' '[:lower:]')
command -v aws >/dev/null || fail "@NO_CLI@"
account=$(aws sts get-caller-identity --query Account --output text) || fail "@NO_ACCOUNT@"
printf '%s\n' "@START@"
if [ -z "$YES" ]; then
  printf '%s ' "@CONFIRM@"
  read -r answer || true
  [ "$answer" = "$PREFIX" ] || fail "@STOPPED@"
fi

# output REGION STACK OUTPUT: empty where the stack is gone.
output() {
  local region=$1 stack=$2 output=$3 value
  value=$(aws cloudformation describe-stacks --region "$region" --stack-name "$PREFIX-$stack" \
    --query "Stacks[0].Outputs[?OutputKey=='$output'].OutputValue | [0]" --output text 2>/dev/null || true)
  case $value in
    None) ;;
    *) printf '%s\n' "$value" ;;
  esac
}

# unprotect REGION STACK OUTPUT: switches the deletion protection of a database off where it is on.
unprotect() {
  local region=$1 database protected
  database=$(output "$1" "$2" "$3")
  [ -n "$database" ] || return 0
  protected=$(aws rds describe-db-instances --region "$region" --db-instance-identifier "$database" \
    --query 'DBInstances[0].DeletionProtection' --output text 2>/dev/null || true)
  if [ "$protected" = True ]; then
    printf '%s\n' "@UNPROTECTING@"
    aws rds modify-db-instance --region "$region" --db-instance-identifier "$database" --no-deletion-protection \
      --apply-immediately >/dev/null
    aws rds wait db-instance-available --region "$region" --db-instance-identifier "$database"
  fi
}

@VAULTS@# delete REGION STACK: and wait until it is gone. What one deletion could not take, such as a network interface that AWS
# was still using, a later one often can.
delete() {
  local region=$1 stack=$2 try
  printf '%s\n' "@DELETING@"
  for try in 1 2 3; do
    aws cloudformation delete-stack --region "$region" --stack-name "$PREFIX-$stack"
    if aws cloudformation wait stack-delete-complete --region "$region" --stack-name "$PREFIX-$stack"; then
      return
    fi
    if [ "$try" -lt 3 ]; then
      printf '%s\n' "@AGAIN@"
      sleep 30
    fi
  done
  printf '%s\n' "@STANDING@"
  aws cloudformation describe-stack-resources --region "$region" --stack-name "$PREFIX-$stack" --output table \
    --query "StackResources[?ResourceStatus!='DELETE_COMPLETE'].[LogicalResourceId,PhysicalResourceId,ResourceStatus,ResourceStatusReason]" || true
  fail "@FAILED@"
}

# is_ours REGION BUCKET: buckets are listed for all Regions, and another deployment's name may begin the same.
is_ours() {
  local region owner
  region=$(aws s3api get-bucket-location --bucket "$2" --query LocationConstraint --output text 2>/dev/null) || return 1
  if [ "$region" = None ]; then region=us-east-1; fi
  [ "$region" = "$1" ] || return 1
  owner=$(aws s3api get-bucket-tagging --region "$1" --bucket "$2" \
    --query "TagSet[?Key=='project'].Value | [0]" --output text 2>/dev/null) || return 1
  [ "$owner" = "$PREFIX" ]
}

# empty_and_delete REGION BUCKET: all versions of all objects, then the bucket.
empty_and_delete() {
  local region=$1 bucket=$2 batch problem
  is_ours "$region" "$bucket" || return 0
  printf '%s\n' "@EMPTYING@"
  while :; do
    batch=$(aws s3api list-object-versions --region "$region" --bucket "$bucket" --max-items 500 --output json \
      --query '{Objects: [Versions, DeleteMarkers][] | [].{Key: Key, VersionId: VersionId}}')
    case $batch in
      *'"Key"'*) ;;
      *) break ;;
    esac
    problem=$(printf '%s' "$batch" | aws s3api delete-objects --region "$region" --bucket "$bucket" --delete file:///dev/stdin \
      --query 'Errors[0].Message' --output text)
    [ "$problem" = None ] || fail "$problem"
  done
  aws s3api delete-bucket --region "$region" --bucket "$bucket"
}

# clear_buckets REGION STACK RESOURCE: buckets that outlived the stack, this time or an earlier one, by the names that
# CloudFormation gives.
clear_buckets() {
  local buckets bucket
  buckets=$(aws s3api list-buckets --query "Buckets[?starts_with(Name, '$lower-$2-$3-')].[Name]" --output text)
  for bucket in $buckets; do
    empty_and_delete "$1" "$bucket"
  done
}

# forget_logs REGION STACK RESOURCE: log groups that RDS made for a database and its proxy.
forget_logs() {
  local begin group
  for begin in "/aws/rds/instance/$lower-$2-$3-" "/aws/rds/proxy/$lower-$2-proxy"; do
    aws logs describe-log-groups --region "$1" --log-group-name-prefix "$begin" \
      --query 'logGroups[].[logGroupName]' --output text | while read -r group; do
      case $group in
        /aws/rds/*) aws logs delete-log-group --region "$1" --log-group-name "$group" ;;
      esac
    done
  done
}

# snapshots REGION STACK RESOURCE: final snapshots of a database.
snapshots() {
  local region=$1
  printf '\n%s\n' "@SNAPSHOTS@"
  aws rds describe-db-snapshots --region "$region" --snapshot-type manual --output text \
    --query "DBSnapshots[?starts_with(DBInstanceIdentifier, '$lower-$2-$3-')].[DBSnapshotIdentifier]"
}

# remaining REGION: what still carries the tag of these stacks.
remaining() {
  local region=$1
  printf '\n%s\n' "@TAGGED@"
  aws resourcegroupstaggingapi get-resources --region "$region" --tag-filters "Key=project,Values=$PREFIX" \
    --query 'ResourceTagMappingList[].[ResourceARN]' --output text
}

@UNPROTECT@@STACKS@@CLEAN@printf '\n%s\n' "@DONE@"
@REMAINING@