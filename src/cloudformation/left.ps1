# Stacks of this prefix that another export has made, by their tags. Sets $left to REGION/STACK of those that belong to this
# deployment, but not to this design any more; $elsewhere to those of a deployment in another Region, and $taken to those of
# them that this design has, too.
function Find-Left {
  $script:left, $script:elsewhere, $script:taken = @(), @(), @()
  foreach ($region in '@REGIONS@' -split ' ') {
    $found = Find-Answer cloudformation describe-stacks --region $region --output text `
      --query "Stacks[?Tags[?Key=='project' && Value=='$Prefix']].[StackName,Tags[?Key=='home'].Value | [0]]"
    foreach ($line in $found -split '\r?\n' -ne '') {
      $stack, $at = $line -split "`t", 2
      foreach ($known in '@NAMES@' -split ' ') {
        if ($stack -cne "$Prefix-$known") { continue }
        # Exports used to give no home.
        $unsaid = $at -ceq 'None'
        if ('@PLANNED@' -split ' ' -ccontains "$region/$known") {
          if (-not $unsaid -and $at -cne '@HOME@') { $script:taken += "$region/$known" }
        } elseif ($at -ceq '@HOME@' -or ($unsaid -and $region -ceq '@HOME@')) {
          $script:left += "$region/$known"
        } else {
          $script:elsewhere += "$region/$known"
        }
      }
    }
  }
}

# That they are somebody else's to delete.
function Show-Elsewhere {
  foreach ($it in $elsewhere + $taken) {
    $region, $stack = $it -split '/'
    Write-Host "@ELSEWHERE@"
  }
}

