# deploy.ps1: @TITLE@
# @ABOUT@
#
#   @USAGE@
#
# Windows PowerShell 5.1, or PowerShell 7 on any system.
param([switch] $Help@ACCOUNT_PARAMETER@, [Parameter(ValueFromRemainingArguments = $true)] [string[]] $Words)
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

# The AWS CLI, and nothing more once it fails.
function Invoke-Aws {
  & aws @args | Out-Host
  if ($LASTEXITCODE -ne 0) { exit 1 }
}

$Prefix, $Settings = '', @{}
@BUCKET@foreach ($word in $Words) {
  $name = $word.Split('=')[0]
  if ($word -ceq '--help') {
    $Help = $true
@ACCOUNT_WORD@  } elseif ($word.Contains('=') -and @(@KNOWN@) -ccontains $name) {
    $Settings[$name] = $word.Substring($name.Length + 1)
  } elseif (-not $word -or $word.StartsWith('-') -or $word.Contains('=')) {
    Stop-Script "@UNKNOWN@"
  } elseif (-not $Prefix) {
    $Prefix = $word
@TAKE_BUCKET@  } else {
    Stop-Script "@UNKNOWN@"
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
@NEED_BUCKET@if (-not (Get-Command aws -ErrorAction SilentlyContinue)) { Stop-Script "@NO_CLI@" }
$account = Find-Answer sts get-caller-identity --query Account --output text
if (-not $account) { Stop-Script "@NO_ACCOUNT@" }

# Lines of a name and a value, with a tab between.
function ConvertTo-Table([string] $Lines) {
  $table = @{}
  foreach ($line in $Lines -split '\r?\n' -ne '') {
    $name, $value = $line -split "`t", 2
    $table[$name] = "$value"
  }
  return $table
}

# What a stack was deployed with, and what its template said then.
function Find-Setting([string] $Region, [string] $Stack) {
  $script:chosen = @()
  $script:values = ConvertTo-Table (Find-Answer cloudformation describe-stacks --region $Region `
      --stack-name "$Prefix-$Stack" --query 'Stacks[0].Parameters[].[ParameterKey,ParameterValue]' --output text)
  $script:defaults = ConvertTo-Table (Find-Answer cloudformation get-template-summary --region $Region `
      --stack-name "$Prefix-$Stack" --query 'Parameters[].[ParameterKey,DefaultValue]' --output text)
}

# What is given now, else what was given to the stack before where the design still says the same, else what the design says.
function Add-Choice([string] $Parameter, [string] $Default) {
  $value = $Default
  if ($Settings.ContainsKey($Parameter)) {
    $value = $Settings[$Parameter]
  } elseif ($values.ContainsKey($Parameter) -and $defaults.ContainsKey($Parameter)) {
    $now = if ($PSBoundParameters.ContainsKey('Default')) { $Default } else { 'None' }
    if ($values[$Parameter] -cne $defaults[$Parameter] -and $defaults[$Parameter] -ceq $now) {
      $value = $values[$Parameter]
      Write-Host "@STAYS@"
    }
  }
  $script:chosen += "$Parameter=$value"
}

# Stops unless a parameter is given, now or before.
function Assert-Choice([string] $Region, [string] $Stack, [string] $Parameter, [string] $Message) {
  if ($Settings.ContainsKey($Parameter)) { return }
  Find-Setting $Region $Stack
  if (-not $values.ContainsKey($Parameter)) { Stop-Script $Message }
}

@LEFT@@NEEDED@Write-Host "@START@"

# What the stacks hand on.
$out = New-Object 'System.Collections.Generic.Dictionary[string,string]'

# What a deployed stack hands on.
function Get-Output([string] $Region, [string] $Stack, [string] $Output) {
  $value = Find-Answer cloudformation describe-stacks --region $Region --stack-name "$Prefix-$Stack" `
    --query "Stacks[0].Outputs[?OutputKey=='$Output'].OutputValue | [0]" --output text
  if (-not $value -or $value -ceq 'None') { Stop-Script "@NO_OUTPUT@" }
  return $value
}

function Deploy-Stack([string] $Region, [string] $Stack, [string[]] $Parameters = @()) {
  $status = Find-Answer cloudformation describe-stacks --region $Region --stack-name "$Prefix-$Stack" `
    --query 'Stacks[0].StackStatus' --output text
  if ('CREATE_FAILED', 'ROLLBACK_FAILED', 'DELETE_FAILED' -ccontains $status) { Stop-Script "@STUCK@" }
  if ('UPDATE_FAILED', 'UPDATE_ROLLBACK_FAILED' -ccontains $status) { Stop-Script "@HALFWAY@" }
  if ($status -clike '*_IN_PROGRESS' -and $status -cne 'REVIEW_IN_PROGRESS') { Stop-Script "@BUSY@" }
  # A stack whose first deployment failed takes no other one: it must go first.
  if ($status -ceq 'ROLLBACK_COMPLETE') {
    Write-Host "`n@CLEARING@"
    Invoke-Aws cloudformation delete-stack --region $Region --stack-name "$Prefix-$Stack"
    & aws cloudformation wait stack-delete-complete --region $Region --stack-name "$Prefix-$Stack" | Out-Host
    if ($LASTEXITCODE -ne 0) { Stop-Script "@STUCK@" }
  }
  Write-Host "`n@DEPLOYING@"
  $options = @('--region', $Region, '--stack-name', "$Prefix-$Stack")
  $options += @('--template-file', (Join-Path $PSScriptRoot "$Stack.@EXTENSION@"))
  $options += @('--capabilities', 'CAPABILITY_IAM', '--no-fail-on-empty-changeset')
@S3@  $options += @('--tags', "project=$Prefix", 'blueprint=@BLUEPRINT@', "tier=$Stack", 'home=@HOME@')
  if ($Parameters.Count -gt 0) {
    $options += '--parameter-overrides'
    $options += $Parameters
  }
  & aws cloudformation deploy @options | Out-Host
  if ($LASTEXITCODE -ne 0) { Stop-Script "@FAILED@" }
}

# All outputs of a stack.
function Show-Output([string] $Region, [string] $Stack) {
  Write-Host "`n$Prefix-$Stack"
  Invoke-Aws cloudformation describe-stacks --region $Region --stack-name "$Prefix-$Stack" `
    --query 'Stacks[0].Outputs[].[OutputKey,OutputValue]' --output table
}

# Until the address in an output answers, five minutes at the most. A certificate is of another name than the load
# balancer's, hence --insecure. Windows has curl.exe beside an alias of that name.
function Wait-Answer([string] $Region, [string] $Stack, [string] $Output) {
  $address = Get-Output $Region $Stack $Output
  Write-Host "`n@WAITING@"
  $curl = Get-Command curl -CommandType Application -ErrorAction SilentlyContinue | Select-Object -First 1
  for ($tries = 0; $curl -and $tries -lt 30; $tries++) {
    & $curl.Path --silent --fail --insecure --location --max-time 5 $address | Out-Null
    if ($LASTEXITCODE -eq 0) {
      Write-Host "@READY@"
      return
    }
    Start-Sleep -Seconds 10
  }
  Write-Host "@SILENT@"
}

# Deletes what an earlier design has left to work by the clock. Its deletion closes the window that is open, for which the
# network must still be as it was.
function Close-Window([string] $Name) {
  $others = @()
  foreach ($it in $left) {
    $region, $stack = $it -split '/'
    if ($stack -cne $Name) {
      $others += $it
      continue
    }
    Write-Host "`n@CLOSING@"
    Invoke-Aws cloudformation delete-stack --region $region --stack-name "$Prefix-$stack"
    & aws cloudformation wait stack-delete-complete --region $region --stack-name "$Prefix-$stack" | Out-Host
    if ($LASTEXITCODE -ne 0) { Stop-Script "@OPEN@" }
  }
  $script:left = $others
}

@ACCOUNT_TASKS@Find-Left
foreach ($it in $taken) {
  $region, $stack = $it -split '/'
  Stop-Script "@TAKEN@"
}

@STACKS@@SHOW@foreach ($it in $left) {
  $region, $stack = $it -split '/'
  Write-Host "`n@FORMER@"
}
Show-Elsewhere
