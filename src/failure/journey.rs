//! A journey as its legs, and the share of it that succeeds in a state of the world.

use super::interfaces::Interfaces;
use super::point::{Point, Way};
use super::world::World;
use crate::aws::Name;
use crate::text::{Message, Text};

#[derive(Debug, Clone)]
pub struct Path {
    pub id: &'static str,
    pub title: Text,
    pub legs: Vec<Leg>,
    /// Where it ends and why, if it fails before anything breaks.
    pub broken: Option<(Name, Message)>,
}

/// A connection of a journey by what its two ends are, as indexes into the world.
#[derive(Debug, Clone)]
pub enum Leg {
    /// Clients to a load balancer, over the entrance of each of its nodes.
    Enter { front: usize },
    /// Load balancer to the instances behind it.
    Serve {
        front: usize,
        fleet: usize,
        way: Way,
    },
    /// To the database.
    Query { store: usize, way: Way },
    /// To read replicas, each as likely as the others.
    Read { replicas: Vec<usize>, way: Way },
    /// To the readers of an Aurora cluster behind one name, which leads to the writer where no reader is left.
    ReadAny { store: usize, way: Way },
    /// Instances to the internet, over the way out of each subnet.
    Leave { fleet: usize },
    /// Instances to AWS services, each called as often as the others: how each is reached from each of the group's places.
    Call {
        fleet: usize,
        services: Vec<Vec<Reach>>,
    },
    /// A database's primary to its standby.
    Mirror { store: usize, way: Way },
    /// A name that leads to a secondary while the application fails.
    Resolve { detour: usize },
    /// Runs of a function to a private API, over the network interfaces of its endpoint: `ways` by the function's interface,
    /// then by the endpoint's.
    Ask {
        function: usize,
        endpoint: usize,
        ways: Vec<Vec<Way>>,
    },
    /// From the customer's network over a VPN: as long as the way from any of its routers stands, to what still answers.
    Operate {
        vpn: usize,
        ways: Vec<Way>,
        to: Inside,
    },
    /// Runs of a function to what it calls, over its network interfaces: a way from each.
    Run {
        function: usize,
        reaches: Vec<Reach>,
    },
    /// Any other pair: all or nothing.
    Plain { way: Way },
}

/// What administrators come to, by index.
#[derive(Debug, Clone, Copy)]
pub enum Inside {
    Fleet(usize),
    Store(usize),
}

/// How an AWS service is reached from a subnet.
#[derive(Debug, Clone)]
pub enum Reach {
    /// Over single points: a NAT gateway, or a gateway endpoint.
    Over(Way),
    /// By an interface endpoint, by index.
    By(usize),
}

impl Reach {
    fn share(&self, world: &World) -> f64 {
        match self {
            Self::Over(way) => all_or_nothing(way.is_open(&world.points)),
            Self::By(endpoint) => world.interfaces.get(*endpoint).map_or(0.0, |it| it.share()),
        }
    }

    fn leans_on(&self, point: usize) -> bool {
        match self {
            Self::Over(way) => way.leans_on(point),
            Self::By(_) => false,
        }
    }
}

impl Path {
    /// Share of attempts that succeed: legs one after the other, so their shares multiply.
    pub fn success(&self, world: &World) -> f64 {
        let shares = self.legs.iter().map(|it| it.share(world));
        shares.product()
    }

    /// Seconds of committed writes that are lost; `None` for a journey that writes nothing, too.
    pub fn rpo(&self, world: &World) -> Option<u32> {
        let mut stores = self.legs.iter().filter_map(|leg| match leg {
            Leg::Query { store, .. } => world.stores.get(*store),
            Leg::Enter { .. }
            | Leg::Serve { .. }
            | Leg::Read { .. }
            | Leg::ReadAny { .. }
            | Leg::Leave { .. }
            | Leg::Call { .. }
            | Leg::Resolve { .. }
            | Leg::Mirror { .. }
            | Leg::Ask { .. }
            | Leg::Operate { .. }
            | Leg::Run { .. }
            | Leg::Plain { .. } => None,
        });
        stores.next()?.rpo()
    }

    /// Whether its success depends on a single point.
    pub fn leans_on(&self, point: usize, world: &World) -> bool {
        self.legs.iter().any(|it| it.leans_on(point, world))
    }
}

impl Leg {
    /// Share of attempts that get through it.
    pub fn share(&self, world: &World) -> f64 {
        match self {
            Self::Enter { front } => {
                let front = world.fronts.get(*front);
                front.map_or(0.0, |it| it.arrivals(&world.points).iter().sum())
            }
            Self::Serve { front, fleet, way } if way.is_open(&world.points) => {
                served(world, *front, *fleet)
            }
            Self::Serve { .. } => 0.0,
            Self::Query { store, way } => {
                let answers = world.stores.get(*store).is_some_and(|it| it.answers());
                all_or_nothing(answers && way.is_open(&world.points))
            }
            Self::Read { replicas, way } if way.is_open(&world.points) => {
                let all = replicas.iter().filter_map(|it| world.replicas.get(*it));
                let up = all.filter(|it| it.up).count();
                up as f64 / replicas.len().max(1) as f64
            }
            Self::Read { .. } => 0.0,
            Self::ReadAny { store, way } => {
                let reads = world.stores.get(*store).is_some_and(|it| it.reads());
                all_or_nothing(reads && way.is_open(&world.points))
            }
            Self::Leave { fleet } => {
                let fleet = world.fleets.get(*fleet);
                fleet.map_or(0.0, |it| {
                    it.share(|place| place.way_out.is_open(&world.points))
                })
            }
            Self::Call { fleet, services } => {
                let of_place = |place: usize| {
                    let reaches = services.iter().filter_map(|it| it.get(place));
                    let shares: f64 = reaches.map(|it| it.share(world)).sum();
                    shares / services.len().max(1) as f64
                };
                let fleet = world.fleets.get(*fleet);
                fleet.map_or(0.0, |it| it.average(of_place))
            }
            Self::Mirror { store, way } => {
                let mirrored = world.stores.get(*store).is_some_and(|it| it.is_mirrored());
                all_or_nothing(mirrored && way.is_open(&world.points))
            }
            Self::Resolve { detour } => {
                let detour = world.detours.get(*detour);
                detour.map_or(0.0, |it| it.answered(world))
            }
            Self::Ask {
                function,
                endpoint,
                ways,
            } => asked(world, *function, *endpoint, ways),
            Self::Operate { vpn, ways, to } => operated(world, *vpn, ways, *to),
            Self::Run { function, reaches } => {
                let function = world.interfaces.get(*function);
                let shares = function.map_or(Vec::new(), |it| it.shares());
                let runs = shares.iter().zip(reaches);
                runs.map(|(share, reach)| share * reach.share(world)).sum()
            }
            Self::Plain { way } => all_or_nothing(way.is_open(&world.points)),
        }
    }

    /// Whether what has failed, and not the configuration, keeps a function from getting anywhere out of a subnet.
    pub fn is_cut_off(&self, subnet: &Name, owners: &[Interfaces], points: &[Point]) -> bool {
        let Self::Ask { function, ways, .. } = self else {
            return false;
        };
        let runners = owners.get(*function).into_iter().flat_map(|it| &it.all);
        let mut here = runners.zip(ways).filter(|(it, _)| it.subnet == *subnet);
        here.any(|(_, ways)| {
            ways.iter().any(|it| it.is_cut(points)) && !ways.iter().any(|it| it.is_open(points))
        })
    }

    fn leans_on(&self, point: usize, world: &World) -> bool {
        match self {
            Self::Enter { front } => world
                .fronts
                .get(*front)
                .is_some_and(|it| it.nodes.iter().any(|it| it.entrance.leans_on(point))),
            Self::Leave { fleet } => world
                .fleets
                .get(*fleet)
                .is_some_and(|it| it.places.iter().any(|it| it.way_out.leans_on(point))),
            Self::Call { services, .. } => services.iter().flatten().any(|it| it.leans_on(point)),
            Self::Run { reaches, .. } => reaches.iter().any(|it| it.leans_on(point)),
            Self::Ask { ways, .. } => ways.iter().flatten().any(|it| it.leans_on(point)),
            Self::Operate { ways, .. } => ways.iter().all(|it| it.leans_on(point)),
            Self::Resolve { detour } => {
                let detour = world.detours.get(*detour);
                detour.is_some_and(|it| it.legs.iter().any(|it| it.leans_on(point, world)))
            }
            Self::Serve { way, .. }
            | Self::Query { way, .. }
            | Self::Read { way, .. }
            | Self::ReadAny { way, .. }
            | Self::Mirror { way, .. }
            | Self::Plain { way } => way.leans_on(point),
        }
    }
}

fn all_or_nothing(all: bool) -> f64 {
    if all { 1.0 } else { 0.0 }
}

/// Whether administrators get through.
fn operated(world: &World, vpn: usize, ways: &[Way], to: Inside) -> f64 {
    let moving = world.vpns.get(vpn).is_some_and(|it| it.moving);
    let open = ways.iter().any(|it| it.is_open(&world.points));
    let answers = match to {
        Inside::Fleet(fleet) => {
            let fleet = world.fleets.get(fleet);
            fleet.is_some_and(|it| it.share(|_| true) > 0.0)
        }
        Inside::Store(store) => world.stores.get(store).is_some_and(|it| it.answers()),
    };
    all_or_nothing(open && answers && !moving)
}

/// Share of a function's calls that an API answers: each run takes one of the function's interfaces, and DNS gives it one of
/// the endpoint's.
fn asked(world: &World, function: usize, endpoint: usize, ways: &[Vec<Way>]) -> f64 {
    let owners = &world.interfaces;
    let (Some(function), Some(endpoint)) = (owners.get(function), owners.get(endpoint)) else {
        return 0.0;
    };
    let doors = endpoint.shares();
    let from = |ways: &Vec<Way>| -> f64 {
        let open = doors.iter().zip(ways);
        open.map(|(share, way)| share * all_or_nothing(way.is_open(&world.points)))
            .sum()
    };
    let runs = function.shares();
    runs.iter()
        .zip(ways)
        .map(|(it, ways)| it * from(ways))
        .sum()
}

/// Of the requests that get into the load balancer, the share that its targets answer.
fn served(world: &World, front: usize, fleet: usize) -> f64 {
    let (Some(front), Some(fleet)) = (world.fronts.get(front), world.fleets.get(fleet)) else {
        return 0.0;
    };
    let arrivals = front.arrivals(&world.points);
    let all: f64 = arrivals.iter().sum();
    if front.crosses {
        return fleet.served(all, None);
    }
    let by_zone = front.nodes.iter().zip(arrivals);
    let answered: f64 = by_zone
        .map(|(node, arriving)| arriving * fleet.served(arriving, Some(node.zone)))
        .sum();
    if all > 0.0 { answered / all } else { 0.0 }
}
