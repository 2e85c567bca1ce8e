# CodeDeploy's agent, from AWS's bucket of this Region. An instance that does not get it serves all the same.
dnf install -y ruby &&
  curl -sSf -o /tmp/codedeploy-install "https://aws-codedeploy-${AWS::Region}.s3.${AWS::Region}.${AWS::URLSuffix}/latest/install" &&
  ruby /tmp/codedeploy-install auto ||
  echo "CodeDeploy's agent is not installed: no revision gets to this instance." >&2
