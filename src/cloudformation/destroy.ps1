# destroy.ps1: @TITLE@
# @ABOUT@
#
#   @USAGE@
#
# Windows PowerShell 5.1, or PowerShell 7 on any system.
param([switch] $Yes, [switch] $Help, [Parameter(ValueFromRemainingArguments = $true)] [string[]] $Words)
$ErrorActionPreference = 'Stop'
Set-StrictMode -Version 2.0

function Stop-Script([string] $Message) {
  [Console]::Error.WriteLine($Message)
  exit 1
}

# Answer of the AWS CLI as text; empty where it fails.
function Find-Answer {
  # What a program says on its error stream would stop Windows PowerShell.
  $ErrorActionPreference = 'SilentlyContinue'
  $said = & aws @args 2>$null
  if ($LASTEXITCODE -ne 0) { return '' }
  return ($said -join "`n").Trim()
}

# Answer of the AWS CLI as text, and nothing more once it fails.
function Get-Answer {
  $said = & aws @args
  if ($LASTEXITCODE -ne 0) { exit 1 }
  return ($said -join "`n").Trim()
}

# The AWS CLI, and nothing more once it fails.
function Invoke-Aws {
  & aws @args | Out-Host
  if ($LASTEXITCODE -ne 0) { exit 1 }
}

$Prefix = ''
foreach ($word in $Words) {
  if ($word -ceq '--help') {
    $Help = $true
  } elseif ($word -ceq '--yes') {
    $Yes = $true
  } elseif ($Prefix -or -not $word -or $word.StartsWith('-')) {
    Stop-Script "@UNKNOWN@"
  } else {
    $Prefix = $word
  }
}
if ($Help) {
  Write-Host @'
@HELP@
'@
  exit 0
}
if (-not $Prefix) { $Prefix = '@BLUEPRINT@' }
if ($Prefix -cnotmatch '^(?=.{1,30}\z)[A-Za-z](-?[A-Za-z0-9])*\z') { Stop-Script "@BAD_PREFIX@" }
$lower = $Prefix.ToLowerInvariant()
if (-not (Get-Command aws -ErrorAction SilentlyContinue)) { Stop-Script "@NO_CLI@" }
$account = Find-Answer sts get-caller-identity --query Account --output text
if (-not $account) { Stop-Script "@NO_ACCOUNT@" }

@LEFT@Write-Host "@START@"
Find-Left
foreach ($it in $left) {
  $region, $stack = $it -split '/'
  Write-Host "@FORMER@"
}
if (-not $Yes) {
  Write-Host -NoNewline "@CONFIRM@ "
  if ((Read-Host) -cne $Prefix) { Stop-Script "@STOPPED@" }
}

# What RDS says of a database; nothing where there is none.
function Find-Database([string] $Region, [string] $Database, [string] $Field) {
  return Find-Answer rds describe-db-instances --region $Region --db-instance-identifier $Database `
    --query "DBInstances[0].$Field" --output text
}

# Starts a database that is stopped, which takes no change.
function Start-Database([string] $Region, [string] $Database) {
  while (($status = Find-Database $Region $Database DBInstanceStatus) -ceq 'stopping') { Start-Sleep -Seconds 30 }
  if ($status -ceq 'stopped') {
    Write-Host "@STARTING@"
    $null = Get-Answer rds start-db-instance --region $Region --db-instance-identifier $Database
    Invoke-Aws rds wait db-instance-available --region $Region --db-instance-identifier $Database
  }
}

# Switches the deletion protection of a database off where it is on.
function Unprotect-Database([string] $Region, [string] $Database) {
  if ((Find-Database $Region $Database DeletionProtection) -ceq 'True') {
    Start-Database $Region $Database
    Write-Host "@UNPROTECTING@"
    $null = Get-Answer rds modify-db-instance --region $Region --db-instance-identifier $Database `
      --no-deletion-protection --apply-immediately
    Invoke-Aws rds wait db-instance-available --region $Region --db-instance-identifier $Database
  }
}

@CLUSTER@@TABLE@# Recovery points, while there are any; AWS takes a while to delete one.
function Clear-Vault([string] $Region, [string] $Vault) {
  foreach ($attempt in 1..20) {
    $points = Find-Answer backup list-recovery-points-by-backup-vault --region $Region --backup-vault-name $Vault `
      --query 'RecoveryPoints[].[RecoveryPointArn]' --output text
    if (-not $points.Contains('arn:')) { return }
    if ($attempt -eq 1) { Write-Host "@EMPTYING_VAULT@" }
    foreach ($point in $points -split '\s+' -clike 'arn:*') {
      $null = Find-Answer backup delete-recovery-point --region $Region --backup-vault-name $Vault --recovery-point-arn $point
    }
    Start-Sleep -Seconds $attempt
  }
}

@LOCKED@# All versions of all objects, if the bucket is there.
function Clear-Bucket([string] $Region, [string] $Bucket) {
  $null = Find-Answer s3api head-bucket --region $Region --bucket $Bucket
  if ($LASTEXITCODE -ne 0) { return }
@LEAVE_LOCKED@  $said = $false
  $list = [IO.Path]::GetTempFileName()
  try {
    while ($true) {
      $batch = Get-Answer s3api list-object-versions --region $Region --bucket $Bucket --max-items 500 --output json `
        --query '{Objects: [Versions, DeleteMarkers][] | [].{Key: Key, VersionId: VersionId}}'
      if (-not $batch.Contains('"Key"')) { break }
      if (-not $said) { Write-Host "@EMPTYING@" }
      $said = $true
      [IO.File]::WriteAllText($list, $batch)
      $problem = Get-Answer s3api delete-objects --region $Region --bucket $Bucket --delete "file://$list" `
        --query 'Errors[0].Message' --output text
      if ($problem -cne 'None') { Stop-Script $problem }
    }
  } finally {
    Remove-Item -LiteralPath $list
  }
}

@UNSCAN@# Nothing that a stack holds may keep it from being deleted. What that is, AWS knows better than this design, which may have
# changed since.
function Initialize-Deletion([string] $Region, [string] $Stack) {
  $held = Find-Answer cloudformation list-stack-resources --region $Region --stack-name "$Prefix-$Stack" --output text `
    --query "StackResourceSummaries[?ResourceStatus!='DELETE_COMPLETE'].[ResourceType,PhysicalResourceId]"
  foreach ($line in $held -split '\r?\n' -ne '') {
    $kind, $id = $line -split "`t", 2
    if (-not $id -or $id -ceq 'None') { continue }
    if ($kind -ceq 'AWS::RDS::DBInstance') { Unprotect-Database $Region $id }
@CLUSTER_CALL@@HELD_INSPECTOR@    if ($kind -ceq 'AWS::S3::Bucket') { Clear-Bucket $Region $id }
    if ($kind -ceq 'AWS::Backup::BackupVault') { Clear-Vault $Region $id }
  }
}

# Deletes a stack and waits until it is gone. What one deletion could not take, such as a network interface that AWS was
# still using, a later one often can.
function Remove-Stack([string] $Region, [string] $Stack) {
  if ($taken -ccontains "$Region/$Stack") { return }
  Write-Host "@DELETING@"
  Initialize-Deletion $Region $Stack
  foreach ($try in 1..3) {
    Invoke-Aws cloudformation delete-stack --region $Region --stack-name "$Prefix-$Stack"
    & aws cloudformation wait stack-delete-complete --region $Region --stack-name "$Prefix-$Stack" | Out-Host
    if ($LASTEXITCODE -eq 0) { return }
    if ($try -lt 3) {
      Write-Host "@AGAIN@"
      Start-Sleep -Seconds 30
    }
  }
  Write-Host "@STANDING@"
  & aws cloudformation describe-stack-resources --region $Region --stack-name "$Prefix-$Stack" --output table `
    --query "StackResources[?ResourceStatus!='DELETE_COMPLETE'].[LogicalResourceId,PhysicalResourceId,ResourceStatus,ResourceStatusReason]" | Out-Host
  Stop-Script "@FAILED@"
}

# The same where this design has a stack no more.
function Remove-Left([string] $Stack) {
  foreach ($it in $left) {
    $region, $name = $it -split '/'
    if ($name -ceq $Stack) { Remove-Stack $region $name }
  }
}

# Buckets are listed for all Regions, and another deployment's name may begin the same.
function Test-Ours([string] $Region, [string] $Bucket) {
  $place = Find-Answer s3api get-bucket-location --bucket $Bucket --query LocationConstraint --output text
  if ($place -ceq 'None') { $place = 'us-east-1' }
  if ($place -cne $Region) { return $false }
  $owner = Find-Answer s3api get-bucket-tagging --region $Region --bucket $Bucket `
    --query "TagSet[?Key=='project'].Value | [0]" --output text
  return $owner -ceq $Prefix
}

# Buckets that outlived their stacks, this time or an earlier one, by the names that CloudFormation gives.
function Remove-Bucket([string] $Region) {
  $found = Get-Answer s3api list-buckets --output text --query "Buckets[?starts_with(Name, '$lower-')].[Name]"
  foreach ($bucket in $found -split '\s+' -ne '') {
    $known = '@NAMES@' -split ' ' | Where-Object { $bucket.StartsWith("$lower-$_-") }
    if (-not $known -or -not (Test-Ours $Region $bucket)) { continue }
@KEEP_LOCKED@    Clear-Bucket $Region $bucket
    Write-Host "@DELETING_BUCKET@"
    Invoke-Aws s3api delete-bucket --region $Region --bucket $bucket
  }
}

# Log groups that RDS made for a database and its proxy.
function Clear-Log([string] $Region, [string] $Stack, [string] $Resource) {
  foreach ($begin in "/aws/rds/instance/$lower-$Stack-$Resource-", "/aws/rds/proxy/$lower-$Stack-proxy") {
    $found = Get-Answer logs describe-log-groups --region $Region --query 'logGroups[].[logGroupName]' --output text `
      --log-group-name-prefix $begin
    foreach ($group in $found -split '\s+' -clike '/aws/rds/*') {
      Invoke-Aws logs delete-log-group --region $Region --log-group-name $group
    }
  }
}

# Final snapshots of a database.
function Show-Snapshot([string] $Region, [string] $Stack, [string] $Resource) {
  Write-Host "`n@SNAPSHOTS@"
  Invoke-Aws rds describe-db-snapshots --region $Region --snapshot-type manual --output text `
    --query "DBSnapshots[?starts_with(DBInstanceIdentifier, '$lower-$Stack-$Resource-')].[DBSnapshotIdentifier]"
}

# What a state machine has made and not taken away. It has the tag of the machine's stack alone.
function Show-Temporary([string] $Region, [string] $Stack) {
  Write-Host "`n@TEMPORARY@"
  Invoke-Aws ec2 describe-nat-gateways --region $Region --filter "Name=tag:azimuth:stack,Values=$Prefix-$Stack" `
    'Name=state,Values=pending,available,deleting' --query 'NatGateways[].[NatGatewayId,State]' --output text
  Invoke-Aws ec2 describe-addresses --region $Region --filters "Name=tag:azimuth:stack,Values=$Prefix-$Stack" `
    --query 'Addresses[].[AllocationId,PublicIp]' --output text
}

# What still carries the tag of these stacks.
function Show-Rest([string] $Region) {
  Write-Host "`n@TAGGED@"
  Invoke-Aws resourcegroupstaggingapi get-resources --region $Region --tag-filters "Key=project,Values=$Prefix" `
    --query 'ResourceTagMappingList[].[ResourceARN]' --output text
}

@STACKS@@CLEAN@Write-Host "`n@DONE@"
@REMAINING@Show-Elsewhere
