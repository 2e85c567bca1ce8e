# spare REGION STACK RESOURCE PARAMETER FOUND: what the account has already, and not from this stack, stays as it is.
spare() {
  local region=$1 parameter=$4 own it kept=()
  case $5 in
    '' | None | null) return ;;
  esac
  own=$(aws cloudformation describe-stack-resource --region "$region" --stack-name "$PREFIX-$2" --logical-resource-id "$3" \
    --query StackResourceDetail.ResourceStatus --output text 2>/dev/null || true)
  case $own in
    '' | None | DELETE_COMPLETE) ;;
    *) return ;;
  esac
  for it in "${chosen[@]}"; do
    if [ "${it%%=*}" != "$parameter" ]; then kept+=("$it"); fi
  done
  chosen=(${kept[@]+"${kept[@]}"} "$parameter=false")
  printf '%s\n' "@SPARED@"
}

# scan REGION STACK: enables Inspector for what the stack's parameter says, where it has one.
scan() {
  local region=$1 scanned
  scanned=$(aws ssm get-parameter --region "$region" --name "/$PREFIX-$2@INSPECTOR@" --query Parameter.Value \
    --output text 2>/dev/null) || return 0
  printf '%s\n' "@SCANNING@"
  # Each of its words is one of a list.
  # shellcheck disable=SC2086
  aws inspector2 enable --region "$region" --resource-types $scanned >/dev/null
}

# unscan REGION STACK: disables Inspector for what the stack's parameter says, unless this run leaves it in the stack.
unscan() {
  local region=$1 scanned it
  for it in ${chosen[@]+"${chosen[@]}"}; do
    if [ "$it" = EnableInspector=true ]; then return 0; fi
  done
  scanned=$(aws ssm get-parameter --region "$region" --name "/$PREFIX-$2@INSPECTOR@" --query Parameter.Value \
    --output text 2>/dev/null) || return 0
  printf '%s\n' "@UNSCANNING@"
  # shellcheck disable=SC2086
  aws inspector2 disable --region "$region" --resource-types $scanned >/dev/null
}

# is_wanted REGION STACK: whether there is a service to enable, or the stack from an earlier run.
is_wanted() {
  local it
  for it in ${chosen[@]+"${chosen[@]}"}; do
    case $it in
      Enable*=true) return 0 ;;
    esac
  done
  if aws cloudformation describe-stacks --region "$1" --stack-name "$PREFIX-$2" >/dev/null 2>&1; then return 0; fi
  printf '\n%s\n' "@UNWANTED@"
  return 1
}

