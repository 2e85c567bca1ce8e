# empty_vault REGION STACK OUTPUT: recovery points, while there are any; AWS takes a while to delete one.
empty_vault() {
  local region=$1 vault points point attempt
  vault=$(output "$1" "$2" "$3")
  [ -n "$vault" ] || return 0
  printf '%s\n' "@EMPTYING_VAULT@"
  for attempt in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
    points=$(aws backup list-recovery-points-by-backup-vault --region "$region" --backup-vault-name "$vault" \
      --query 'RecoveryPoints[].[RecoveryPointArn]' --output text)
    case $points in
      *arn:*) ;;
      *) return 0 ;;
    esac
    for point in $points; do
      aws backup delete-recovery-point --region "$region" --backup-vault-name "$vault" --recovery-point-arn "$point" \
        2>/dev/null || true
    done
    sleep "$attempt"
  done
}

