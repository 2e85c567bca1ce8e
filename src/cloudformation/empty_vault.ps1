# Recovery points, while there are any; AWS takes a while to delete one.
function Clear-Vault([string] $Region, [string] $Stack, [string] $Output) {
  $vault = Find-Output $Region $Stack $Output
  if (-not $vault) { return }
  Write-Host "@EMPTYING_VAULT@"
  foreach ($attempt in 1..20) {
    $points = Get-Answer backup list-recovery-points-by-backup-vault --region $Region --backup-vault-name $vault `
      --query 'RecoveryPoints[].[RecoveryPointArn]' --output text
    if (-not $points.Contains('arn:')) { return }
    foreach ($point in $points -split '\s+' -clike 'arn:*') {
      $null = Find-Answer backup delete-recovery-point --region $Region --backup-vault-name $vault --recovery-point-arn $point
    }
    Start-Sleep -Seconds $attempt
  }
}

