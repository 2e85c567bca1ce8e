//! The loss of a zone as the sale feels it, read off the timeline that [`failure::play`](crate::failure::play) plays.

/// A value from one second after the loss on, until the next.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Steps(pub Vec<(u32, u64)>);

impl Steps {
    /// The value so many seconds after the loss; `before` where nothing is said.
    fn at(&self, since: u32, before: u64) -> u64 {
        let said = self.0.iter().take_while(|it| it.0 <= since).last();
        said.map_or(before, |it| it.1)
    }
}

/// What a zone's loss takes away.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Loss {
    /// Second of the sale in which the zone loses its power.
    pub at_s: u32,
    /// Web instances that are gone and not yet replaced.
    pub web: Steps,
    /// Instances that work the queue off, alike.
    pub workers: Steps,
    /// Thousandths of the requests that reach an instance that answers.
    pub reach: Steps,
    /// Thousandths of the database's writer: it answers, or it does not.
    pub database: Steps,
    /// Thousandths of the read replicas that answer.
    pub readers: Steps,
    /// Thousandths of the cache beside the database.
    pub cache: Steps,
    /// Thousandths of DAX's nodes.
    pub table_cache: Steps,
    /// Thousandths of the runs that work the queue off.
    pub consumer: Steps,
    /// Thousandths of the runs that take orders in.
    pub taker: Steps,
}

/// What is left in a second: counts of what is lost, thousandths of what works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Left {
    pub web_lost: u32,
    pub workers_lost: u32,
    pub reach: u64,
    pub database: bool,
    pub readers: u64,
    pub cache: u64,
    pub table_cache: u64,
    pub consumer: u64,
    pub taker: u64,
}

/// All of it.
const WHOLE: u64 = 1000;

impl Left {
    const ALL: Self = Self {
        web_lost: 0,
        workers_lost: 0,
        reach: WHOLE,
        database: true,
        readers: WHOLE,
        cache: WHOLE,
        table_cache: WHOLE,
        consumer: WHOLE,
        taker: WHOLE,
    };

    /// What is left in a second of the sale.
    pub fn at(loss: Option<&Loss>, t: u32) -> Self {
        let Some((loss, since)) = loss.and_then(|it| Some((it, t.checked_sub(it.at_s)?))) else {
            return Self::ALL;
        };
        let count = |it: &Steps| u32::try_from(it.at(since, 0)).unwrap_or(0);
        let share = |it: &Steps| it.at(since, WHOLE).min(WHOLE);
        Self {
            web_lost: count(&loss.web),
            workers_lost: count(&loss.workers),
            reach: share(&loss.reach),
            database: share(&loss.database) > 0,
            readers: share(&loss.readers),
            cache: share(&loss.cache),
            table_cache: share(&loss.table_cache),
            consumer: share(&loss.consumer),
            taker: share(&loss.taker),
        }
    }
}
