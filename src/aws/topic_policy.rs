//! Who may publish to a topic.

use super::{Describe, Figure, Home, Id, Topic, Value, typed};
use crate::text::{Text, text};

typed! {
    TopicPolicy {
        "Topics" topics: Vec<Id<Topic>>,
        "PolicyDocument" document: Value,
    }
}

impl Describe for TopicPolicy {
    const KIND: &'static str = "AWS::SNS::TopicPolicy";
    const TITLE: Text = text("aws.topic-policy", "SNS topic policy");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
