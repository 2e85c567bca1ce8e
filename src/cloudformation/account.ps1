# What the account has already, and not from this stack, stays as it is.
function Skip-Service([string] $Region, [string] $Stack, [string] $Resource, [string] $Parameter, [string] $Found) {
  if ('', 'None', 'null' -ccontains $Found) { return }
  $own = Find-Answer cloudformation describe-stack-resource --region $Region --stack-name "$Prefix-$Stack" `
    --logical-resource-id $Resource --query StackResourceDetail.ResourceStatus --output text
  if ('', 'None', 'DELETE_COMPLETE' -cnotcontains $own) { return }
  $script:chosen = @($chosen | Where-Object { $_.Split('=')[0] -cne $Parameter }) + "$Parameter=false"
  Write-Host "@SPARED@"
}

# Enables Inspector for what the stack's parameter says, where it has one.
function Enable-Scan([string] $Region, [string] $Stack) {
  $scanned = Find-Answer ssm get-parameter --region $Region --name "/$Prefix-$Stack@INSPECTOR@" --query Parameter.Value --output text
  if (-not $scanned) { return }
  Write-Host "@SCANNING@"
  $types = $scanned -split ' '
  $null = & aws inspector2 enable --region $Region --resource-types @types
  if ($LASTEXITCODE -ne 0) { exit 1 }
}

# Disables Inspector for what the stack's parameter says, unless this run leaves it in the stack.
function Disable-Scan([string] $Region, [string] $Stack) {
  if ($chosen -ccontains 'EnableInspector=true') { return }
  $scanned = Find-Answer ssm get-parameter --region $Region --name "/$Prefix-$Stack@INSPECTOR@" --query Parameter.Value --output text
  if (-not $scanned) { return }
  Write-Host "@UNSCANNING@"
  $types = $scanned -split ' '
  $null = & aws inspector2 disable --region $Region --resource-types @types
  if ($LASTEXITCODE -ne 0) { exit 1 }
}

# Whether there is a service to enable, or the stack from an earlier run.
function Test-Wanted([string] $Region, [string] $Stack) {
  if (@($chosen | Where-Object { $_ -clike 'Enable*=true' }).Count -gt 0) { return $true }
  if (Find-Answer cloudformation describe-stacks --region $Region --stack-name "$Prefix-$Stack" --output text) { return $true }
  Write-Host "`n@UNWANTED@"
  return $false
}

