# find_left: stacks of this prefix that another export has made, by their tags. Sets left to REGION/STACK of those that belong
# to this deployment, but not to this design any more, and elsewhere to those of a deployment in another Region.
find_left() {
  local region found stack home known
  left='' elsewhere=''
  for region in @REGIONS@; do
    found=$(aws cloudformation describe-stacks --region "$region" --output text \
      --query "Stacks[?Tags[?Key=='project' && Value=='$PREFIX']].[StackName,Tags[?Key=='home'].Value | [0]]" 2>/dev/null) || continue
    while IFS=$'\t' read -r stack home; do
      for known in @NAMES@; do
        if [ "$stack" != "$PREFIX-$known" ]; then continue; fi
        if [ "$home" = None ]; then home=$region; fi
        if [ "$home" != @HOME@ ]; then
          elsewhere="$elsewhere $region/$known"
        else
          case ' @PLANNED@ ' in
            *" $region/$known "*) ;;
            *) left="$left $region/$known" ;;
          esac
        fi
      done
    done <<<"$found"
  done
}

# say_elsewhere: that they are somebody else's to delete.
say_elsewhere() {
  local it region stack
  for it in $elsewhere; do
    region=${it%/*} stack=${it#*/}
    printf '%s\n' "@ELSEWHERE@"
  done
}

