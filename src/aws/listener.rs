//! A port that a load balancer answers on, and what it does with a request.

use super::{Describe, Figure, Home, Id, LoadBalancer, Name, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    Listener {
        "LoadBalancerArn" load_balancer: Id<LoadBalancer>,
        "Port" port: u16,
        "Protocol" protocol: String,
        "SslPolicy" ssl_policy: Option<String>,
        "Certificates" certificates: Vec<Value>,
        "DefaultActions" actions: Vec<Value>,
        "Tags" tags: Tags,
    }
}

impl Listener {
    /// The target group that requests are forwarded to; `None` for a redirect.
    pub fn forwards_to(&self) -> Option<&Name> {
        forwarded(&self.actions)
    }

    /// Whether it sends every request to HTTPS.
    pub fn redirects_to_https(&self) -> bool {
        self.actions.iter().any(|action| {
            let redirect = action.get("RedirectConfig");
            redirect.and_then(|it| it.get("Protocol")).and_then(Value::as_str) == Some("HTTPS")
        })
    }
}

/// The target group that actions forward to.
pub(super) fn forwarded(actions: &[Value]) -> Option<&Name> {
    actions.iter().find_map(|action| {
        let Value::Ref(name) = action.get("TargetGroupArn")? else {
            return None;
        };
        Some(name)
    })
}

impl Describe for Listener {
    const KIND: &'static str = "AWS::ElasticLoadBalancingV2::Listener";
    const TITLE: Text = text("aws.listener", "Listener");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::With(self.load_balancer.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
