# find_left: stacks of this prefix that another export has made, by their tags. Sets left to REGION/STACK of those that belong
# to this deployment, but not to this design any more; elsewhere to those of a deployment in another Region, and taken to
# those of them that this design has, too.
find_left() {
  local region found stack home known
  left='' elsewhere='' taken=''
  for region in @REGIONS@; do
    found=$(aws cloudformation describe-stacks --region "$region" --output text \
      --query "Stacks[?Tags[?Key=='project' && Value=='$PREFIX']].[StackName,Tags[?Key=='home'].Value | [0]]" 2>/dev/null) || continue
    while IFS=$'\t' read -r stack home; do
      for known in @NAMES@; do
        if [ "$stack" != "$PREFIX-$known" ]; then continue; fi
        case ' @PLANNED@ ' in
          *" $region/$known "*)
            # Exports used to give no home.
            case $home in
              None | @HOME@) ;;
              *) taken="$taken $region/$known" ;;
            esac
            continue
            ;;
        esac
        if [ "$home" = None ]; then home=$region; fi
        if [ "$home" = @HOME@ ]; then
          left="$left $region/$known"
        else
          elsewhere="$elsewhere $region/$known"
        fi
      done
    done <<<"$found"
  done
}

# say_elsewhere: that they are somebody else's to delete.
say_elsewhere() {
  local it region stack
  for it in $elsewhere $taken; do
    region=${it%/*} stack=${it#*/}
    printf '%s\n' "@ELSEWHERE@"
  done
}

