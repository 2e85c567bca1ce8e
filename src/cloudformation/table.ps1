# Tables that their stack has left.
function Show-Table([string] $Region, [string] $Stack, [string] $Resource) {
  Write-Host "`n@TABLES@"
  Invoke-Aws dynamodb list-tables --region $Region --output text `
    --query "TableNames[?starts_with(@, '$Prefix-$Stack-$Resource-')].[@]"
}

