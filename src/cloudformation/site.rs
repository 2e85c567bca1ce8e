//! The readme's part about static files: how they get into the bucket, and how one sees that CloudFront alone reads them.

use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use super::wiring::handle;
use crate::aws::{Bucket, EdgeFunction, Kind};
use crate::text::text;
use crate::topology::traffic::reader;

impl Readme<'_> {
    pub(super) fn site(&self, page: &mut Page) {
        let sites = self.found(|node| {
            Bucket::of(&node.resource)?;
            reader(self.bundle.topology, &node.name)?;
            Some(handle(&node.name, node.resource.ref_word()))
        });
        let Some(site) = sites.first() else {
            return;
        };
        let region = site.stack.region;
        page.title(text("readme.site", "Upload the static files"));
        page.say(text(
            "readme.site.what",
            "CloudFront answers `/static/*` from a private bucket, which is empty so far: until a file lies there, S3 answers with status 403. Put yours into a folder `static` and bring it in line with the bucket, as often as they change:",
        ));
        for shell in Shell::ALL {
            let mut lines = shell.set("prefix", self.bundle.blueprint);
            lines += &self.look_up(shell, "site", site);
            lines += &format!(
                "aws s3 sync static \"s3://$site/static\" --delete --cache-control max-age=3600 --region {region}\n\
                 aws s3 ls \"s3://$site/static/\" --recursive --region {region}"
            );
            page.code(shell, &lines);
        }
        page.say(text(
            "readme.site.see",
            "Open one of them under the application's address: the header `x-cache` says `Hit from cloudfront` from the second time on. The bucket's own address answers with status 403: CloudFront signs what it asks, and the bucket's policy admits this distribution alone.",
        ));
        if self.has(|it| EdgeFunction::of(&it.resource).is_some()) {
            page.say(text(
                "readme.site.images",
                "Images below `static/images` need a file for each width and format: `/static/images/shoes/red.jpg?width=600` is answered by `static/images/w640/shoes/red.avif`, `.webp` or `.jpg`, whichever the browser takes. The widths are 320, 640, 1024 and 1920; without a width it is the folder `full`.",
            ));
        }
    }
}
