# about_cluster REGION CLUSTER FIELD: what RDS says of an Aurora cluster; nothing where there is none.
about_cluster() {
  aws rds describe-db-clusters --region "$1" --db-cluster-identifier "$2" --query "DBClusters[0].$3" --output text \
    2>/dev/null || true
}

# unprotect_cluster REGION CLUSTER: switches its deletion protection off where it is on; one that is stopped takes no change.
unprotect_cluster() {
  local region=$1 database=$2 status
  [ "$(about_cluster "$region" "$database" DeletionProtection)" = True ] || return 0
  while status=$(about_cluster "$region" "$database" Status) && [ "$status" = stopping ]; do
    sleep 30
  done
  if [ "$status" = stopped ]; then
    printf '%s\n' "@STARTING@"
    aws rds start-db-cluster --region "$region" --db-cluster-identifier "$database" >/dev/null
    aws rds wait db-cluster-available --region "$region" --db-cluster-identifier "$database"
  fi
  printf '%s\n' "@UNPROTECTING@"
  aws rds modify-db-cluster --region "$region" --db-cluster-identifier "$database" --no-deletion-protection \
    --apply-immediately >/dev/null
  aws rds wait db-cluster-available --region "$region" --db-cluster-identifier "$database"
}

# forget_cluster_logs REGION STACK RESOURCE: log groups that RDS made for an Aurora cluster and its proxy.
forget_cluster_logs() {
  local begin group
  for begin in "/aws/rds/cluster/$lower-$2-$3-" "/aws/rds/proxy/$lower-$2-proxy"; do
    aws logs describe-log-groups --region "$1" --log-group-name-prefix "$begin" \
      --query 'logGroups[].[logGroupName]' --output text | while read -r group; do
      case $group in
        /aws/rds/*) aws logs delete-log-group --region "$1" --log-group-name "$group" ;;
      esac
    done
  done
}

# cluster_snapshots REGION STACK RESOURCE: final snapshots of an Aurora cluster.
cluster_snapshots() {
  local region=$1
  printf '\n%s\n' "@CLUSTER_SNAPSHOTS@"
  aws rds describe-db-cluster-snapshots --region "$region" --snapshot-type manual --output text \
    --query "DBClusterSnapshots[?starts_with(DBClusterIdentifier, '$lower-$2-$3-')].[DBClusterSnapshotIdentifier]"
}

