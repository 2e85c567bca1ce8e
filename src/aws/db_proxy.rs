//! RDS Proxy: it holds the clients' connections over subnets of several zones, and follows the database without DNS.

use super::{Describe, Figure, Glyph, Home, Id, Meter, Quantity, SecurityGroup, Subnet, Tags, Value, typed};
use crate::text::{Text, text};

typed! {
    DbProxy {
        "DBProxyName" name: Value,
        /// `MYSQL` or `POSTGRESQL`.
        "EngineFamily" family: String,
        "Auth" auth: Vec<Value>,
        "RoleArn" role: Value,
        /// Two zones at least.
        "VpcSubnetIds" subnets: Vec<Id<Subnet>>,
        "VpcSecurityGroupIds" security_groups: Vec<Id<SecurityGroup>>,
        "RequireTLS" tls: bool,
        "Tags" tags: Tags,
    }
}

impl DbProxy {
    /// The port that it listens on: its engine's.
    pub fn port(&self) -> u16 {
        if self.family == "POSTGRESQL" { 5432 } else { 3306 }
    }
}

impl Describe for DbProxy {
    const KIND: &'static str = "AWS::RDS::DBProxy";
    const TITLE: Text = text("aws.db-proxy", "RDS Proxy");
    const REF: &'static str = "Name";

    fn home(&self) -> Home {
        Home::Spread(self.subnets.iter().map(|it| it.name.clone()).collect())
    }

    fn figure(&self) -> Figure {
        Figure::Group(Glyph::DatabaseProxy)
    }

    fn meters(&self) -> Vec<Meter> {
        vec![Meter {
            item: text("meter.db-proxy", "RDS Proxy, for each vCPU of the database"),
            service: "RDSProxy",
            dimension: "vCPU_hour".to_owned(),
            quantity: Quantity::Processors,
        }]
    }
}
