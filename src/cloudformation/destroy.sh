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

@LEFT@printf '%s\n' "@START@"
find_left
for it in $left; do
  region=${it%/*} stack=${it#*/}
  printf '%s\n' "@FORMER@"
done
if [ -z "$YES" ]; then
  printf '%s ' "@CONFIRM@"
  read -r answer || true
  [ "$answer" = "$PREFIX" ] || fail "@STOPPED@"
fi

# about REGION DATABASE FIELD: what RDS says of a database; nothing where there is none.
about() {
  aws rds describe-db-instances --region "$1" --db-instance-identifier "$2" --query "DBInstances[0].$3" --output text \
    2>/dev/null || true
}

# rouse REGION DATABASE: starts a database that is stopped, which takes no change.
rouse() {
  local region=$1 database=$2 status
  while status=$(about "$region" "$database" DBInstanceStatus) && [ "$status" = stopping ]; do
    sleep 30
  done
  if [ "$status" = stopped ]; then
    printf '%s\n' "@STARTING@"
    aws rds start-db-instance --region "$region" --db-instance-identifier "$database" >/dev/null
    aws rds wait db-instance-available --region "$region" --db-instance-identifier "$database"
  fi
}

# unprotect REGION DATABASE: switches the deletion protection off where it is on.
unprotect() {
  local region=$1 database=$2
  if [ "$(about "$region" "$database" DeletionProtection)" = True ]; then
    rouse "$region" "$database"
    printf '%s\n' "@UNPROTECTING@"
    aws rds modify-db-instance --region "$region" --db-instance-identifier "$database" --no-deletion-protection \
      --apply-immediately >/dev/null
    aws rds wait db-instance-available --region "$region" --db-instance-identifier "$database"
  fi
}

@CLUSTER@@TABLE@# empty_vault REGION VAULT: recovery points, while there are any; AWS takes a while to delete one.
empty_vault() {
  local region=$1 vault=$2 points point attempt
  for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    points=$(aws backup list-recovery-points-by-backup-vault --region "$region" --backup-vault-name "$vault" \
      --query 'RecoveryPoints[].[RecoveryPointArn]' --output text 2>/dev/null || true)
    case $points in
      *arn:*) ;;
      *) return 0 ;;
    esac
    if [ "$attempt" = 1 ]; then printf '%s\n' "@EMPTYING_VAULT@"; fi
    for point in $points; do
      aws backup delete-recovery-point --region "$region" --backup-vault-name "$vault" --recovery-point-arn "$point" \
        2>/dev/null || true
    done
    sleep "$attempt"
  done
}

@LOCKED@# empty_bucket REGION BUCKET: all versions of all objects, if it is there.
empty_bucket() {
  local region=$1 bucket=$2 batch problem said=''
  aws s3api head-bucket --region "$region" --bucket "$bucket" >/dev/null 2>&1 || return 0
@LEAVE_LOCKED@  while :; do
    batch=$(aws s3api list-object-versions --region "$region" --bucket "$bucket" --max-items 500 --output json \
      --query '{Objects: [Versions, DeleteMarkers][] | [].{Key: Key, VersionId: VersionId}}')
    case $batch in
      *'"Key"'*) ;;
      *) break ;;
    esac
    if [ -z "$said" ]; then printf '%s\n' "@EMPTYING@"; fi
    said=yes
    problem=$(printf '%s' "$batch" | aws s3api delete-objects --region "$region" --bucket "$bucket" --delete file:///dev/stdin \
      --query 'Errors[0].Message' --output text)
    [ "$problem" = None ] || fail "$problem"
  done
}

@UNSCAN@# make_ready REGION STACK: nothing that the stack holds may keep it from being deleted. What that is, AWS knows better than
# this design, which may have changed since.
make_ready() {
  local held kind id
  held=$(aws cloudformation list-stack-resources --region "$1" --stack-name "$PREFIX-$2" --output text \
    --query "StackResourceSummaries[?ResourceStatus!='DELETE_COMPLETE'].[ResourceType,PhysicalResourceId]" 2>/dev/null || true)
  while read -r kind id <&3; do
    case "$kind $id" in
      *' None' | *' ') ;;
      'AWS::RDS::DBInstance '*) unprotect "$1" "$id" ;;
@CLUSTER_CALL@@HELD_INSPECTOR@      'AWS::S3::Bucket '*) empty_bucket "$1" "$id" ;;
      'AWS::Backup::BackupVault '*) empty_vault "$1" "$id" ;;
    esac
  done 3<<<"$held"
}

# delete REGION STACK: and wait until it is gone. What one deletion could not take, such as a network interface that AWS
# was still using, a later one often can.
delete() {
  local region=$1 stack=$2 try
  case "$taken " in
    *" $region/$stack "*) return ;;
  esac
  printf '%s\n' "@DELETING@"
  make_ready "$region" "$stack"
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

# delete_left STACK: the same where this design has it no more.
delete_left() {
  local it
  for it in $left; do
    if [ "${it#*/}" = "$1" ]; then delete "${it%/*}" "$1"; fi
  done
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

# clear_buckets REGION: buckets that outlived their stacks, this time or an earlier one, by the names that CloudFormation
# gives.
clear_buckets() {
  local buckets bucket known
  buckets=$(aws s3api list-buckets --query "Buckets[?starts_with(Name, '$lower-')].[Name]" --output text)
  for bucket in $buckets; do
    for known in @NAMES@; do
      case $bucket in
        "$lower-$known-"*) ;;
        *) continue ;;
      esac
      is_ours "$1" "$bucket" || break
@KEEP_LOCKED@      empty_bucket "$1" "$bucket"
      printf '%s\n' "@DELETING_BUCKET@"
      aws s3api delete-bucket --region "$1" --bucket "$bucket"
      break
    done
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

# temporary REGION STACK: what a state machine has made and not taken away. It has the tag of the machine's stack alone.
temporary() {
  local region=$1 stack=$2
  printf '\n%s\n' "@TEMPORARY@"
  aws ec2 describe-nat-gateways --region "$region" --filter "Name=tag:azimuth:stack,Values=$PREFIX-$stack" \
    Name=state,Values=pending,available,deleting --query 'NatGateways[].[NatGatewayId,State]' --output text
  aws ec2 describe-addresses --region "$region" --filters "Name=tag:azimuth:stack,Values=$PREFIX-$stack" \
    --query 'Addresses[].[AllocationId,PublicIp]' --output text
}

# remaining REGION: what still carries the tag of these stacks.
remaining() {
  local region=$1
  printf '\n%s\n' "@TAGGED@"
  aws resourcegroupstaggingapi get-resources --region "$region" --tag-filters "Key=project,Values=$PREFIX" \
    --query 'ResourceTagMappingList[].[ResourceARN]' --output text
}

@STACKS@@CLEAN@printf '\n%s\n' "@DONE@"
@REMAINING@say_elsewhere
