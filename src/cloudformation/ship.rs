//! The readme's part on bringing a new version to the instances: an image, a revision, or a command, by what the design has.

use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use super::trial::Found;
use super::wiring::handle;
use crate::aws::{
    AutoScalingGroup, Bucket, DeployApplication, DeploymentGroup, Kind, Repository, Role,
};
use crate::design::SESSION_POLICY;
use crate::text::text;
use crate::topology::Node;

/// The attribute with the address that images are pushed to.
pub(super) const ADDRESS: &str = "RepositoryUri";

impl Readme<'_> {
    pub(super) fn ship(&self, page: &mut Page) {
        let images = self.of(|it| Repository::of(&it.resource).is_some(), ADDRESS);
        let revisions = self.revisions();
        if images.is_none() && revisions.is_none() {
            return;
        }
        page.title(text("readme.ship", "Bring a new version"));
        if let Some(found) = &images {
            self.push(page, found);
        }
        if let Some(found) = &revisions {
            self.roll_out(page, found);
        }
        self.command(page);
    }

    /// The output that says a word of the first node that fits.
    fn of(&self, fits: impl Fn(&Node) -> bool, word: &str) -> Option<Found<'_>> {
        let output = |it: &Node| fits(it).then(|| handle(&it.name, word));
        self.found(output).into_iter().next()
    }

    /// Application, deployment group and bucket of CodeDeploy.
    fn revisions(&self) -> Option<[Found<'_>; 3]> {
        let group = self.of(|it| DeploymentGroup::of(&it.resource).is_some(), "Name")?;
        let stack = group.stack.name;
        let application = self.of(|it| DeployApplication::of(&it.resource).is_some(), "Name")?;
        let here = |it: &Node| {
            let own = self.bundle.topology.stacks.get(it.stack);
            own.is_some_and(|it| it.name == stack)
        };
        let is_store = |it: &Node| {
            Bucket::of(&it.resource).is_some() && here(it) && it.name.starts_with("Release")
        };
        Some([application, group, self.of(is_store, "Name")?])
    }

    fn push(&self, page: &mut Page, found: &Found<'_>) {
        page.say(text(
            "readme.ship.image",
            "An image, from the folder with its Dockerfile. A tag is never given twice: count on. The web instances may pull it, over the endpoints of ECR where the design has them.",
        ));
        let region = found.stack.region;
        for shell in Shell::ALL {
            let (login, tagged) = match shell {
                Shell::Bash => (
                    format!(
                        "aws ecr get-login-password --region {region} |\n  docker login --username AWS --password-stdin \"${{repository%%/*}}\""
                    ),
                    "\"$repository:1.0.0\"",
                ),
                Shell::PowerShell => (
                    format!(
                        "aws ecr get-login-password --region {region} |\n  docker login --username AWS --password-stdin ($repository -split '/')[0]"
                    ),
                    "\"${repository}:1.0.0\"",
                ),
            };
            let looked = self.look_up(shell, "repository", found);
            let prefix = shell.set("prefix", self.bundle.blueprint);
            page.code(
                shell,
                &format!(
                    "{prefix}{looked}{login}\ndocker build --tag {tagged} .\ndocker push {tagged}"
                ),
            );
        }
    }

    fn roll_out(&self, page: &mut Page, [application, group, store]: &[Found<'_>; 3]) {
        page.say(text(
            "readme.ship.revision",
            "A revision by CodeDeploy, from a folder `app` with an `appspec.yml`, which says what goes where and which scripts run. Half of the instances are changed at once, each out of the load balancer meanwhile; where a script fails or the instances answer with errors, the revision before comes back.",
        ));
        let region = application.stack.region;
        for shell in Shell::ALL {
            let mut lines = shell.set("prefix", self.bundle.blueprint);
            lines += &self.look_up(shell, "application", application);
            lines += &self.look_up(shell, "group", group);
            lines += &self.look_up(shell, "bucket", store);
            lines += &format!(
                "aws deploy push --region {region} --application-name \"$application\" --s3-location \"s3://$bucket/app.zip\" --source app\naws deploy create-deployment --region {region} --application-name \"$application\" --deployment-group-name \"$group\" --s3-location \"bucket=$bucket,key=app.zip,bundleType=zip\""
            );
            page.code(shell, &lines);
        }
    }

    /// By Systems Manager, which needs nothing but its agent.
    fn command(&self, page: &mut Page) {
        let is_managed = self.has(|it| {
            let role = Role::of(&it.resource);
            role.is_some_and(|it| format!("{:?}", it.managed_policies).contains(SESSION_POLICY))
        });
        let group = self.of(|it| AutoScalingGroup::of(&it.resource).is_some(), "Name");
        let Some(group) = group.filter(|_| is_managed) else {
            return;
        };
        page.say(text(
            "readme.ship.command",
            "Or a command on every instance by Systems Manager, half of them at once. What it changes is gone with the instance: a new one starts as the launch template says.",
        ));
        let region = group.stack.region;
        for shell in Shell::ALL {
            let mut lines = shell.set("prefix", self.bundle.blueprint);
            lines += &self.look_up(shell, "group", &group);
            lines += &format!(
                "aws ssm send-command --region {region} --document-name AWS-RunShellScript --max-concurrency 50% --targets \"Key=tag:aws:autoscaling:groupName,Values=$group\" --parameters \"commands=dnf -y upgrade\""
            );
            page.code(shell, &lines);
        }
    }
}
