# Tells the Auto Scaling group at every start that the server answers: the group stops an instance for its warm pool, or takes
# one into service, no sooner.
cat > /opt/ready.sh <<'SH'
set -u
until curl -sf -o /dev/null http://localhost/; do sleep 1; done
token=$(curl -sf -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 60" http://169.254.169.254/latest/api/token)
instance=$(curl -sf -H "X-aws-ec2-metadata-token: $token" http://169.254.169.254/latest/meta-data/instance-id)
for attempt in 1 2 3 4 5 6 7 8 9 10; do
  group=$(aws autoscaling describe-auto-scaling-instances --region ${AWS::Region} --instance-ids "$instance" \
    --query 'AutoScalingInstances[0].AutoScalingGroupName' --output text) &&
    aws autoscaling complete-lifecycle-action --region ${AWS::Region} --auto-scaling-group-name "$group" \
      --lifecycle-hook-name ready --instance-id "$instance" --lifecycle-action-result CONTINUE && break
  sleep 10
done
SH
cat > /etc/systemd/system/ready.service <<'UNIT'
[Unit]
Wants=network-online.target
After=network-online.target web.service
[Service]
Type=oneshot
ExecStart=/bin/bash /opt/ready.sh
TimeoutStartSec=300
[Install]
WantedBy=multi-user.target
UNIT
systemctl daemon-reload
systemctl enable --now --no-block ready.service
