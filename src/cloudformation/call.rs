//! The readme's part about a private API: call it from the other VPC, read what each side has noted, and take the way back
//! away.

use super::page::Page;
use super::readme::Readme;
use super::shell::Shell;
use super::trial::Found;
use super::wiring::handle;
use crate::aws::{ApiAccount, ApiStage, FlowLog, Function, LogGroup, Name, Resource};
use crate::text::text;
use crate::topology::{Node, calls};

impl Readme<'_> {
    pub(super) fn call(&self, page: &mut Page) {
        let topology = self.bundle.topology;
        let Some((function, _)) = calls(topology).into_iter().next() else {
            return;
        };
        let Some(found) = self.output_of(function) else {
            return;
        };
        let region = found.stack.region;
        page.title(text("readme.call", "Call the API"));
        page.say(text(
            "readme.call.what",
            "The function calls the API by its own name, over the peering, and answers with what it saw: the addresses that DNS gave, the status, the milliseconds, and under `says` what is wrong when something is.",
        ));
        for shell in Shell::ALL {
            let show = match shell {
                Shell::Bash => "cat answer.json",
                Shell::PowerShell => "Get-Content answer.json",
            };
            let lines = shell.set("prefix", self.bundle.blueprint)
                + &self.look_up(shell, "function", &found)
                + &format!(
                    "aws lambda invoke --region {region} --function-name \"$function\" answer.json\n{show}"
                );
            page.code(shell, &lines);
        }
        page.say(text(
            "readme.call.logs",
            "What each side has noted of it: the function's own log, the record of the connections of its VPC (ACCEPT and the API's private address, some minutes later), and the API's access log, in the API's Region:",
        ));
        for shell in Shell::ALL {
            page.code(shell, &self.notes(shell, function));
        }
        self.lose_the_way_back(page, function);
        if topology.all::<ApiAccount>().next().is_some() {
            page.say(text(
                "readme.call.account",
                "API Gateway has one logging role for all APIs of an account in a Region, and every copy of this design sets it: the last one to be deployed wins, and deleting that one leaves the others' access logs without a role until one of them is deployed again. Several teams in one account had better switch the API logging role off in the design and have it set once.",
            ));
        }
        page.say(text(
            "readme.call.delete",
            "Lambda takes up to 20 minutes to give back the function's network interfaces: until then the client stack is being deleted, and that is no fault.",
        ));
    }

    /// Commands that read the logs of a call.
    fn notes(&self, shell: Shell, function: &Name) -> String {
        let topology = self.bundle.topology;
        let own = topology.named::<Function>(function);
        let own = own.and_then(|it| it.logging.as_ref()?.get("LogGroup")?.named());
        let home = topology.node(function).map(|it| it.stack);
        let groups: Vec<&Name> = topology.all::<LogGroup>().map(|(name, _)| name).collect();
        let mut flows = topology
            .all::<FlowLog>()
            .filter_map(|(name, _)| topology.node(name));
        let flow = flows.find(|it| Some(it.stack) == home);
        let written = flow.map(Node::references).unwrap_or_default();
        let flow = groups.into_iter().find(|it| written.contains(it));
        let api = topology
            .all::<ApiStage>()
            .find_map(|(_, it)| it.logs_to()?.named());
        let to_443 = "--filter-pattern '[version, account, interface, from, to, fromport, toport=443, ...]' ";
        let logs = [(own, "log", ""), (flow, "flow", to_443), (api, "calls", "")];
        let mut lines = shell.set("prefix", self.bundle.blueprint);
        let mut tails = Vec::new();
        for (group, variable, options) in logs {
            if let Some(found) = group.and_then(|it| self.output_of(it)) {
                lines += &self.look_up(shell, variable, &found);
                tails.push(format!(
                    "aws logs tail \"${variable}\" --region {} {options}--since 15m",
                    found.stack.region
                ));
            }
        }
        lines + &tails.join("\n")
    }

    /// The way back stands in a stack of its own: without it a class sees what a missing route looks like.
    fn lose_the_way_back(&self, page: &mut Page, function: &Name) {
        let topology = self.bundle.topology;
        let is_back = |it: &&Node| {
            matches!(&it.resource, Resource::Route(route) if route.peering.is_some())
                && Some(it.stack) > topology.node(function).map(|it| it.stack)
        };
        let Some(back) = topology.nodes().iter().find(is_back) else {
            return;
        };
        let Some(stack) = topology.stacks.get(back.stack) else {
            return;
        };
        page.say(
            text(
                "readme.call.break",
                "Then delete the stack {stack} alone and call again: the request still arrives, its answer finds no route, and the function says so after its time is up. The deploy script brings the routes back.",
            )
            .with("stack", format!("`{}-{}`", self.bundle.blueprint, stack.name)),
        );
        for shell in Shell::ALL {
            let lines = shell.set("prefix", self.bundle.blueprint)
                + &format!(
                    "aws cloudformation delete-stack --region {0} --stack-name \"$prefix-{1}\"\n\
                     aws cloudformation wait stack-delete-complete --region {0} --stack-name \"$prefix-{1}\"",
                    stack.region, stack.name
                );
            page.code(shell, &lines);
        }
    }

    /// The output that hands on what `Ref` gives of a node.
    fn output_of(&self, name: &Name) -> Option<Found<'_>> {
        let all = self.found(|node| {
            (node.name == *name).then(|| handle(&node.name, node.resource.ref_word()))
        });
        all.into_iter().next()
    }
}
