# What RDS says of an Aurora cluster; nothing where there is none.
function Find-Cluster([string] $Region, [string] $Database, [string] $Field) {
  return Find-Answer rds describe-db-clusters --region $Region --db-cluster-identifier $Database `
    --query "DBClusters[0].$Field" --output text
}

# Switches the deletion protection of a cluster off where it is on; one that is stopped takes no change.
function Unprotect-Cluster([string] $Region, [string] $Database) {
  if ((Find-Cluster $Region $Database DeletionProtection) -cne 'True') { return }
  while (($status = Find-Cluster $Region $Database Status) -ceq 'stopping') { Start-Sleep -Seconds 30 }
  if ($status -ceq 'stopped') {
    Write-Host "@STARTING@"
    $null = Get-Answer rds start-db-cluster --region $Region --db-cluster-identifier $Database
    Invoke-Aws rds wait db-cluster-available --region $Region --db-cluster-identifier $Database
  }
  Write-Host "@UNPROTECTING@"
  $null = Get-Answer rds modify-db-cluster --region $Region --db-cluster-identifier $Database `
    --no-deletion-protection --apply-immediately
  Invoke-Aws rds wait db-cluster-available --region $Region --db-cluster-identifier $Database
}

# Log groups that RDS made for an Aurora cluster and its proxy.
function Clear-ClusterLog([string] $Region, [string] $Stack, [string] $Resource) {
  foreach ($begin in "/aws/rds/cluster/$lower-$Stack-$Resource-", "/aws/rds/proxy/$lower-$Stack-proxy") {
    $found = Get-Answer logs describe-log-groups --region $Region --query 'logGroups[].[logGroupName]' --output text `
      --log-group-name-prefix $begin
    foreach ($group in $found -split '\s+' -clike '/aws/rds/*') {
      Invoke-Aws logs delete-log-group --region $Region --log-group-name $group
    }
  }
}

# Final snapshots of an Aurora cluster.
function Show-ClusterSnapshot([string] $Region, [string] $Stack, [string] $Resource) {
  Write-Host "`n@CLUSTER_SNAPSHOTS@"
  Invoke-Aws rds describe-db-cluster-snapshots --region $Region --snapshot-type manual --output text `
    --query "DBClusterSnapshots[?starts_with(DBClusterIdentifier, '$lower-$Stack-$Resource-')].[DBClusterSnapshotIdentifier]"
}

