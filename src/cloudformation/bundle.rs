//! Everything that a class needs to deploy a design, see it work and take it down again, as files.

use super::readme::Readme;
use super::script::{DIRECT, Script};
use super::shell::Shell;
use super::wiring::Wiring;
use super::{Format, Plan, Template, plan::plan_wired, print_wired};
use crate::text::Lang;
use crate::topology::Topology;

/// A file of the bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    pub path: String,
    pub text: String,
    pub executable: bool,
}

/// What the bundle says and holds beside the templates; other stages make these.
pub struct Bundle<'a> {
    /// Without what state machines make.
    pub topology: &'a Topology,
    /// Id of the blueprint; the stacks' names begin with it unless told otherwise.
    pub blueprint: &'a str,
    pub title: String,
    /// The drawing, as an SVG file.
    pub svg: String,
    /// The design file.
    pub design: String,
    /// Address that opens the design, nothing broken; its fragment, from `#` on, where the page's address is not known;
    /// empty for none.
    pub link: String,
    /// US dollars a month and an hour as a sentence has them, with the hours of the month and the prices' date.
    pub monthly: String,
    pub hourly: String,
    pub hours: u32,
    /// US dollars a month of each stack of the topology, as a sentence has them.
    pub by_stack: Vec<String>,
    /// What these are without, as a sentence.
    pub lacks: Option<String>,
    pub as_of: &'static str,
    pub format: Format,
    pub lang: Lang,
}

impl Bundle<'_> {
    /// All files, templates first: `network.yaml`, …, `plan.json`, the scripts for bash and for PowerShell, `README.md`,
    /// `diagram.svg`, `design.azimuth.json`.
    pub fn files(&self) -> Vec<File> {
        let topology = self.topology;
        let (wiring, stacks) = Wiring::of(topology);
        let given = wiring.all_given();
        let stacks_given = topology.stacks.iter().enumerate();
        let by_stack: Vec<_> = stacks_given
            .map(|(place, stack)| (stack.name, wiring.given(place)))
            .collect();
        let plan = plan_wired(topology, &wiring, self.format);
        let templates = print_wired(topology, &wiring, stacks, self.format, self.lang);
        let large = large(&templates, &plan);
        let scripts = Shell::ALL.map(|shell| Script {
            topology,
            plan: &plan,
            given: &given,
            by_stack: &by_stack,
            format: self.format,
            prefix: self.blueprint,
            title: &self.title,
            large: &large,
            shell,
            lang: self.lang,
        });
        let readme = Readme {
            bundle: self,
            plan: &plan,
            given: &given,
            needs_bucket: !large.is_empty(),
        };
        let mut files: Vec<File> = templates
            .into_iter()
            .map(|it| file(&it.file, it.text))
            .collect();
        files.push(file("plan.json", written(&plan)));
        for script in scripts {
            files.push(program(
                script.shell,
                script.shell.deploy_file(),
                script.deploy(),
            ));
            files.push(program(
                script.shell,
                script.shell.destroy_file(),
                script.destroy(),
            ));
        }
        files.extend([
            file("README.md", readme.write()),
            file("diagram.svg", self.svg.clone()),
            file("design.azimuth.json", self.design.clone()),
        ]);
        files
    }
}

/// Stacks whose templates are too large to be sent directly. CloudFormation reads a template from a bucket of its own Region
/// alone; what stands in others is small.
fn large(templates: &[Template], plan: &Plan) -> Vec<&'static str> {
    let home = plan.regions.first();
    let is_home = |name: &str| {
        let mut stacks = plan.stacks.iter();
        stacks.any(|it| it.name == name && Some(&it.region) == home)
    };
    templates
        .iter()
        .filter(|it| it.text.len() > DIRECT && is_home(it.stack))
        .map(|it| it.stack)
        .collect()
}

fn written(plan: &Plan) -> String {
    // Text keys and text values always have a JSON form.
    let mut text = serde_json::to_string_pretty(plan).unwrap_or_default();
    text.push('\n');
    text
}

fn file(path: &str, text: String) -> File {
    File {
        path: path.to_owned(),
        text,
        executable: false,
    }
}

fn program(shell: Shell, path: &str, text: String) -> File {
    File {
        executable: shell == Shell::Bash,
        ..file(path, text)
    }
}
