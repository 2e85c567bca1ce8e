//! Which routes hold for which subnet, looked up once: for stages that ask it of every subnet.

use crate::aws::{Name, Route, RouteTableAssociation};
use crate::lookup::Lookup;
use crate::topology::Topology;

/// The route tables of a topology.
pub struct Tables<'a> {
    of: Lookup<&'a str, &'a Name>,
    routes: Lookup<&'a str, Vec<&'a Route>>,
}

impl<'a> Tables<'a> {
    pub fn new(topology: &'a Topology) -> Self {
        let mut of: Lookup<&str, &Name> = Lookup::default();
        for (_, it) in topology.all::<RouteTableAssociation>() {
            of.or_insert(it.subnet.name.as_str(), &it.table.name);
        }
        let mut routes: Lookup<&str, Vec<&Route>> = Lookup::default();
        for (_, it) in topology.all::<Route>() {
            routes.values(it.table.name.as_str()).push(it);
        }
        Self { of, routes }
    }

    /// As [`Topology::table_of`].
    pub fn of(&self, subnet: &str) -> Option<&'a Name> {
        self.of.get(subnet).copied()
    }

    /// The routes of a table, in order.
    pub fn routes(&self, table: &str) -> impl Iterator<Item = &'a Route> {
        self.routes.all(table).iter().copied()
    }

    /// As [`super::default_route`].
    pub fn default_route(&self, subnet: &str) -> Option<&'a Route> {
        self.routes(self.of(subnet)?).find(|it| it.is_default())
    }

    /// As [`Topology::is_public`].
    pub fn is_public(&self, subnet: &str) -> bool {
        let route = self.default_route(subnet);
        route.is_some_and(|it| it.gateway.is_some())
    }
}
