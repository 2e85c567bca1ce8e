//! The readme's part about DNS failover: what to put where users are sent meanwhile, and how to see them sent there.

use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use super::trial::Found;
use super::wiring::handle;
use crate::aws::{
    Bucket, Distribution, HealthCheck, Kind, Listener, RecordSet, Region, Value, lookup,
};
use crate::text::text;

impl Readme<'_> {
    pub(super) fn fail_over_by_dns(&self, page: &mut Page) {
        let checks = self.found(|node| {
            HealthCheck::of(&node.resource)?;
            Some(handle(&node.name, node.resource.ref_word()))
        });
        let has_secondary =
            self.has(|it| RecordSet::of(&it.resource).is_some_and(RecordSet::is_secondary));
        let Some(check) = checks.first().filter(|_| has_secondary) else {
            return;
        };
        page.title(text("readme.dns", "Fail over by DNS for real"));
        let sites = self.found(|node| {
            Bucket::of(&node.resource).filter(|it| is_website(it))?;
            Some(handle(&node.name, node.resource.ref_word()))
        });
        if let Some(site) = sites.first() {
            self.upload(page, site);
        }
        self.invert(page, check);
        if !sites.is_empty() && self.is_secure() {
            page.say(text(
                "readme.dns.insecure",
                "A website in S3 has no HTTPS: whoever asks with https:// gets no answer meanwhile, so open the name with http:// to see the page.",
            ));
        }
        page.say(text(
            "readme.dns.back",
            "Then take it back, with Invert again or with this, the same in both shells. CloudFormation does not notice it, so no deployment would.",
        ));
        page.code(
            Shell::Bash,
            "aws route53 update-health-check --health-check-id \"$check\" --no-inverted --query HealthCheck.HealthCheckConfig.Inverted",
        );
    }

    /// The page that is to stand in the bucket.
    fn upload(&self, page: &mut Page, site: &Found<'_>) {
        page.say(text(
            "readme.dns.page",
            "While the application fails, users are sent to a page in a bucket, which is empty so far: S3 answers with status 404 until an `index.html` lies there. Write your own words, or upload a file of yours by that name, and look at the page once:",
        ));
        let region = site.stack.region;
        let host = self.website_host(region);
        for shell in Shell::ALL {
            let mut lines = shell.set("prefix", self.bundle.blueprint);
            lines += &self.look_up(shell, "page", site);
            let (say, curl) = match shell {
                Shell::Bash => ("echo ", "curl"),
                Shell::PowerShell => ("", "curl.exe"),
            };
            lines += &format!(
                "{say}'<h1>Back soon</h1>' | aws s3 cp - \"s3://$page/index.html\" --content-type text/html --region {region}"
            );
            if let Some(host) = &host {
                lines += &format!("\n{curl} --silent \"http://${{page}}.{host}/\"");
            }
            page.code(shell, &lines);
        }
    }

    /// Host of all websites in S3 of a Region, as the record names it.
    fn website_host(&self, region: Region) -> Option<String> {
        let mut records = self.bundle.topology.all::<RecordSet>();
        records.find_map(|(_, record)| {
            let alias = record.alias.as_ref().filter(|_| record.is_secondary())?;
            let Value::Fn(_, host) = alias.get("DNSName")? else {
                return None;
            };
            let host = host.as_str()?.replace("${AWS::Region}", region.code());
            Some(host.replace("${AWS::URLSuffix}", "amazonaws.com"))
        })
    }

    fn invert(&self, page: &mut Page, check: &Found<'_>) {
        page.say(text(
            "readme.dns.invert",
            "To see the failover without breaking anything, have Route 53 take healthy for failed: Console, Route 53, Health checks, the ID, Configuration, Invert; or:",
        ));
        for shell in Shell::ALL {
            let mut lines = shell.set("prefix", self.bundle.blueprint);
            lines += &self.look_up(shell, "check", check);
            lines += "aws route53 update-health-check --health-check-id \"$check\" --inverted --query HealthCheck.HealthCheckConfig.Inverted";
            page.code(shell, &lines);
        }
        page.say(text(
            "readme.dns.watch",
            "What Route 53 answers now: Console, Route 53, Hosted zones, the zone, Test record. Users follow as their resolvers forget the old answer, after 60 seconds; the window from above shows when. A browser may keep the old address longer: close it, or open a private window.",
        ));
    }

    fn is_secure(&self) -> bool {
        self.has(|it| {
            Distribution::of(&it.resource).is_some()
                || Listener::of(&it.resource).is_some_and(|listener| listener.protocol == "HTTPS")
        })
    }
}

fn is_website(bucket: &Bucket) -> bool {
    lookup(&bucket.rest, "WebsiteConfiguration").is_some()
}
