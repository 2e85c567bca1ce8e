//! Puts a regional web ACL in front of a load balancer.

use super::{Describe, Figure, Home, Name, Value, typed};
use crate::text::{Text, text};

typed! {
    WebAclAssociation {
        "ResourceArn" resource: Value,
        "WebACLArn" acl: Value,
    }
}

impl WebAclAssociation {
    /// The node that it protects; `None` where that is no node of this design.
    pub fn protects(&self) -> Option<&Name> {
        self.resource.named()
    }

    /// The web ACL's node; `None` for one that stands elsewhere.
    pub fn by(&self) -> Option<&Name> {
        self.acl.named()
    }
}

impl Describe for WebAclAssociation {
    const KIND: &'static str = "AWS::WAFv2::WebACLAssociation";
    const TITLE: Text = text("aws.web-acl-association", "Web ACL association");

    fn home(&self) -> Home {
        Home::Region
    }

    fn figure(&self) -> Figure {
        Figure::Hidden
    }
}
