//! The master password: RDS makes and keeps it, or, where read replicas follow an RDS instance, a secret of the template.

use super::database::{DATABASE, holder};
use super::{DATA, Design, Edit, Expansion};
use crate::aws::{DbInstance, Describe, Secret, SecretAttachment, Value, map};
use crate::text::text;
use crate::topology::Keep;

/// The secret; the name of its output is that of RDS's own.
const CREDENTIALS: &str = "DatabaseCredentials";
/// The attribute with the secret that RDS keeps the password in.
pub const SECRET: &str = "MasterUserSecret.SecretArn";
pub(super) const USER: &str = "app_admin";

/// Whether RDS refuses to manage the password: it makes no replicas of a database whose password it manages (RDS user
/// guide, password management with Secrets Manager, limitations). Aurora's readers are none.
pub(super) fn has_own(design: &Design) -> bool {
    let database = &design.database;
    !database.kind.is_aurora() && database.replicas.get() > 0
}

/// The ARN of the secret with user and password.
pub(super) fn arn(design: &Design) -> Value {
    if has_own(design) {
        Value::reference(CREDENTIALS)
    } else {
        Value::att(holder(design), SECRET)
    }
}

/// The same between the braces of a text.
pub(super) fn placeholder(design: &Design) -> String {
    if has_own(design) {
        format!("${{{CREDENTIALS}}}")
    } else {
        format!("${{{}.{SECRET}}}", holder(design))
    }
}

/// What CloudFormation reads from the secret as it makes the database.
pub(super) fn password(design: &Design) -> Option<Value> {
    let read = format!("{{{{resolve:secretsmanager:${{{CREDENTIALS}}}:SecretString:password}}}}");
    has_own(design).then(|| Value::sub(read))
}

pub(super) fn expand(design: &Design, to: &mut Expansion<'_>) {
    if !has_own(design) {
        return;
    }
    let secret = Secret {
        description: Some("Master user of the database".into()),
        generated: Some(map([
            (
                "SecretStringTemplate",
                format!("{{\"username\":\"{USER}\"}}").into(),
            ),
            ("GenerateStringKey", "password".into()),
            ("PasswordLength", 32.into()),
            // RDS takes neither slash, quotes, at sign nor space.
            ("ExcludeCharacters", "\"@/\\ '".into()),
        ])),
        tags: to.tags("database"),
        rest: Vec::new(),
    };
    let node = to.add(DATA, CREDENTIALS, secret);
    node.keep = Some(Keep::Delete);
    node.comment(text(
        "comment.credentials",
        "RDS makes no read replicas of a database whose password it manages itself: Secrets Manager makes this one, and CloudFormation hands it over.",
    ));
    let attachment = SecretAttachment {
        secret: CREDENTIALS.into(),
        target: DATABASE.into(),
        kind: DbInstance::KIND.into(),
        rest: Vec::new(),
    };
    to.add(DATA, "DatabaseCredentialsAttachment", attachment);
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use crate::aws::{DbInstance, Secret};
    use crate::design::Design;

    #[test]
    fn a_database_with_replicas_has_a_secret_of_the_template() {
        for (replicas, own) in [("0", 0), ("2", 1)] {
            let design = Design::new("test").with("database.read_replicas", replicas);
            let topology = design.with("database.proxy", "true").expand();
            assert_eq!(topology.all::<Secret>().count(), own);
            let database = topology.named::<DbInstance>("Database").unwrap();
            assert!(database.keeps_password());
            assert_eq!(database.has_secret(), own == 0);
            let all = format!("{topology:?}");
            assert_eq!(all.contains("MasterUserSecret"), own == 0, "{replicas}");
        }
    }
}
