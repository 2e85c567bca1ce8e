# tables REGION STACK RESOURCE: tables that their stack has left.
tables() {
  local region=$1
  printf '\n%s\n' "@TABLES@"
  aws dynamodb list-tables --region "$region" --output text --query "TableNames[?starts_with(@, '$PREFIX-$2-$3-')].[@]"
}

