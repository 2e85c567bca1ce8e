//! What a listener does with the requests that meet a condition, before its default action.

use super::listener::forwarded;
use super::{Describe, Figure, Home, Id, Listener, Name, Value, typed};
use crate::text::{Text, text};

typed! {
    ListenerRule {
        "ListenerArn" listener: Id<Listener>,
        /// 1 to 50,000; the lowest is asked first.
        "Priority" priority: u32,
        "Conditions" conditions: Vec<Value>,
        "Actions" actions: Vec<Value>,
    }
}

impl ListenerRule {
    /// The target group that requests are forwarded to.
    pub fn forwards_to(&self) -> Option<&Name> {
        forwarded(&self.actions)
    }

    /// Whether it asks for a header of a certain value.
    pub fn asks_for_header(&self) -> bool {
        self.conditions.iter().any(|it| it.get("HttpHeaderConfig").is_some())
    }
}

impl Describe for ListenerRule {
    const KIND: &'static str = "AWS::ElasticLoadBalancingV2::ListenerRule";
    const TITLE: Text = text("aws.listener-rule", "Listener rule");
    const REF: &'static str = "Arn";

    fn home(&self) -> Home {
        Home::With(self.listener.name.clone())
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
