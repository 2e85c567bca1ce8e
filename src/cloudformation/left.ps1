# Stacks of this prefix that another export has made, by their tags. Sets $left to REGION/STACK of those that belong to this
# deployment, but not to this design any more, and $elsewhere to those of a deployment in another Region.
function Find-Left {
  $script:left, $script:elsewhere = @(), @()
  foreach ($region in '@REGIONS@' -split ' ') {
    $found = Find-Answer cloudformation describe-stacks --region $region --output text `
      --query "Stacks[?Tags[?Key=='project' && Value=='$Prefix']].[StackName,Tags[?Key=='home'].Value | [0]]"
    foreach ($line in $found -split '\r?\n' -ne '') {
      $stack, $at = $line -split "`t", 2
      if ($at -ceq 'None') { $at = $region }
      foreach ($known in '@NAMES@' -split ' ') {
        if ($stack -cne "$Prefix-$known") { continue }
        if ($at -cne '@HOME@') {
          $script:elsewhere += "$region/$known"
        } elseif ('@PLANNED@' -split ' ' -cnotcontains "$region/$known") {
          $script:left += "$region/$known"
        }
      }
    }
  }
}

# That they are somebody else's to delete.
function Show-Elsewhere {
  foreach ($it in $elsewhere) {
    $region, $stack = $it -split '/'
    Write-Host "@ELSEWHERE@"
  }
}

