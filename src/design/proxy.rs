//! RDS Proxy between the web instances and the database.

use super::cluster::{self, CLUSTER};
use super::credentials;
use super::database::{DATABASE, Engine};
use super::network::subnets;
use super::policy::{policy, trust};
use super::{DATA, Design, Edit, Expansion, SECURITY};
use crate::aws::{DbProxy, DbProxyTargets, Role, RolePolicy, Value, map, properties};
use crate::text::text;

pub const PROXY: &str = "DatabaseProxy";
pub const SECURITY_GROUP: &str = "DatabaseProxySecurityGroup";
const ROLE: &str = "DatabaseProxyRole";
const POLICY: &str = "DatabaseProxySecretPolicy";

impl Engine {
    /// What RDS Proxy calls its family, and how clients show it their password: as the engine's newest versions ask.
    fn family(self) -> (&'static str, &'static str) {
        match self {
            Self::MySql => ("MYSQL", "MYSQL_CACHING_SHA2_PASSWORD"),
            Self::Postgres => ("POSTGRESQL", "POSTGRES_SCRAM_SHA_256"),
        }
    }
}

pub(super) fn expand_roles(design: &Design, to: &mut Expansion<'_>) {
    if !design.database.proxy {
        return;
    }
    to.add(
        SECURITY,
        ROLE,
        Role {
            trust: trust("rds.amazonaws.com", []),
            managed_policies: Vec::new(),
            tags: to.tags("database-proxy"),
            rest: properties([("Description", "RDS Proxy".into())]),
        },
    );
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if !design.database.proxy {
        return;
    }
    // The secret lies under the key of Secrets Manager, which whoever may read it may use: no more is granted.
    to.add(
        DATA,
        POLICY,
        RolePolicy {
            name: "database-secret".into(),
            role: Value::reference(ROLE),
            document: policy([map([
                ("Effect", "Allow".into()),
                ("Action", "secretsmanager:GetSecretValue".into()),
                ("Resource", credentials::arn(design)),
            ])]),
            rest: Vec::new(),
        },
    );
    let (family, password) = design.database.engine.family();
    let is_aurora = design.database.kind.is_aurora();
    to.add(
        DATA,
        PROXY,
        DbProxy {
            name: Value::sub("${AWS::StackName}-proxy"),
            family: family.into(),
            auth: vec![map([
                ("AuthScheme", "SECRETS".into()),
                ("IAMAuth", "DISABLED".into()),
                ("ClientPasswordAuthType", password.into()),
                ("SecretArn", credentials::arn(design)),
            ])],
            role: Value::att(ROLE, "Arn"),
            subnets: subnets(design, design.network.data_tier()),
            security_groups: vec![SECURITY_GROUP.into()],
            tls: true,
            tags: to.tags("database-proxy"),
            rest: Vec::new(),
        },
    )
    .after(POLICY)
    .comment(text(
        "comment.proxy",
        "The proxy keeps the clients' connections through a failover and finds the new primary without DNS; it shares a pool of connections among all instances.",
    ));
    let targets = to.add(
        DATA,
        "DatabaseProxyTargets",
        DbProxyTargets {
            proxy: PROXY.into(),
            name: "default".into(),
            databases: if is_aurora {
                Vec::new()
            } else {
                vec![DATABASE.into()]
            },
            clusters: if is_aurora {
                vec![CLUSTER.into()]
            } else {
                Vec::new()
            },
            // A tenth is left to administrators, who connect to the database itself.
            rest: properties([(
                "ConnectionPoolConfigurationInfo",
                map([
                    ("MaxConnectionsPercent", 90.into()),
                    ("MaxIdleConnectionsPercent", 50.into()),
                    ("ConnectionBorrowTimeout", 120.into()),
                ]),
            )]),
        },
    );
    if is_aurora {
        // The proxy takes the cluster's instances as it finds them, and RDS registers none of a cluster without any.
        let members = cluster::members(design).map(Into::into);
        targets.depends_on.extend(members);
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::aws::LaunchTemplate;
    use crate::design::Design;

    #[test]
    fn the_instances_ask_the_proxy_and_say_so() {
        let topology = Design::new("test").with("database.proxy", "true").expand();
        let (_, template) = topology.all::<LaunchTemplate>().next().unwrap();
        let program = format!("{:?}", template.data.user_data);
        assert!(program.contains("${DatabaseProxy.Endpoint}"));
        assert!(program.contains("The proxy of the database {"));
        assert!(!program.contains("${Database.Endpoint."));
    }
}
