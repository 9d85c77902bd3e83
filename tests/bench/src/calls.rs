//! Calls of the emitted client beside the same calls written by hand with `reqwest` and `serde_json`.

use std::error::Error;
use std::future::Future;
use std::hint::black_box;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use losant_data::ids::{ApplicationId, DataTableId, RowId};
use losant_data::operations::{data_table_row, data_table_rows};
use losant_data::schemas::DataTableRowInsertUpdate;
use reqwest::header::{ACCEPT, CONTENT_TYPE, HeaderMap, HeaderValue};
use reqwest::{Client, RequestBuilder};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::runtime::{Builder, Runtime};

use crate::{derived, server};

/// How many calls are under way at a time.
const IN_FLIGHT: u64 = 64;

/// How long a call may take, by hand as by the emitted client.
const TIMEOUT: Duration = Duration::from_secs(30);

const TOKEN: &str = "a-token-of-a-common-length-which-is-some-hundred-characters-or-so-as-they-are-signed";
const APPLICATION: &str = "575ec8687ae143cd83dc4a97";
const TABLE: &str = "596e6ce831761df4231708f1";
const ROW: &str = "596fbb703fc0884538000007";

/// Whatever goes wrong with a call.
type Failure = Box<dyn Error + Send + Sync>;

/// Who makes calls.
pub struct Contender {
    /// A word for them.
    pub name: &'static str,
    /// Makes so many calls, several at a time.
    pub run: Box<dyn Fn(u64)>,
}

/// What is called: its name, and everybody who calls it; the first is the emitted client.
pub type Group = (&'static str, Vec<Contender>);

/// One call.
#[derive(Clone, Copy)]
enum Work {
    /// Reads a row.
    Row,
    /// Reads a page of rows.
    Rows,
    /// Inserts a row.
    Insert,
}

/// Says what the call of a number does.
type Plan = fn(u64) -> Work;

/// The groups, each with its plan.
const GROUPS: [(&str, Plan); 4] = [
    ("row", |_| Work::Row),
    ("rows", |_| Work::Rows),
    ("insert", |_| Work::Insert),
    ("turns", |number| if number % 2 == 0 { Work::Row } else { Work::Insert }),
];

/// Starts a server, and returns everybody who calls it.
///
/// # Errors
///
/// When there is no server, or no client can be made.
pub fn all() -> Result<Vec<Group>, Failure> {
    // Whoever writes calls by hand does this once; one that is there already is the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let url = server::start()?;
    let runtime = Rc::new(Builder::new_current_thread().enable_all().build()?);
    let ours = Arc::new(Ours {
        client: losant_data::Client::builder().base_url(&*url).token(TOKEN).build()?,
        application: APPLICATION.parse()?,
        table: TABLE.parse()?,
        row: ROW.parse()?,
    });
    let hand = Arc::new(Hand {
        client: by_hand()?,
        url,
    });
    let groups = GROUPS.into_iter().map(|(name, plan)| {
        let everybody = vec![
            contender("ours", &runtime, plan, &ours, emitted),
            contender("by-hand", &runtime, plan, &hand, typed),
            contender("by-hand-value", &runtime, plan, &hand, untyped),
        ];
        (name, everybody)
    });
    Ok(groups.collect())
}

fn contender<C: Send + Sync + 'static, F>(
    name: &'static str,
    runtime: &Rc<Runtime>,
    plan: Plan,
    caller: &Arc<C>,
    call: fn(Arc<C>, Work) -> F,
) -> Contender
where
    F: Future<Output = Result<(), Failure>> + Send + 'static,
{
    let (runtime, caller) = (Rc::clone(runtime), Arc::clone(caller));
    let call = Arc::new(move |number| call(Arc::clone(&caller), plan(number)));
    Contender {
        name,
        run: Box::new(move |count| runtime.block_on(several(count, &call))),
    }
}

/// Makes `count` calls by tasks that take the next as long as there are any.
///
/// # Panics
///
/// When a call fails: its time would say nothing.
async fn several<F>(count: u64, call: &Arc<impl Fn(u64) -> F + Send + Sync + 'static>)
where
    F: Future<Output = Result<(), Failure>> + Send,
{
    let left = Arc::new(AtomicU64::new(count));
    let tasks = (0..IN_FLIGHT.min(count)).map(|_| {
        let (left, call) = (Arc::clone(&left), Arc::clone(call));
        tokio::spawn(async move {
            let take = |left: u64| left.checked_sub(1);
            while let Ok(number) = left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take) {
                call(number).await?;
            }
            Ok::<(), Failure>(())
        })
    });
    let tasks: Vec<_> = tasks.collect();
    for task in tasks {
        match task.await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => panic!("a call failed: {error}"),
            Err(error) => panic!("a call failed: {error}"),
        }
    }
}

/// The emitted client, and what it is asked for: whoever calls has the ids at hand.
struct Ours {
    client: losant_data::Client,
    application: ApplicationId,
    table: DataTableId,
    row: RowId,
}

async fn emitted(ours: Arc<Ours>, work: Work) -> Result<(), Failure> {
    let (application, table) = (ours.application.clone(), ours.table.clone());
    match work {
        Work::Row => {
            let get = data_table_row::get(application, table, ours.row.clone());
            black_box(&*get.send(&ours.client).await?);
        }
        Work::Rows => {
            let get = data_table_rows::get(application, table).limit("1000");
            black_box(&*get.send(&ours.client).await?);
        }
        Work::Insert => {
            let row = DataTableRowInsertUpdate::new()
                .entry("device", "sensor-7")
                .entry("site", "east")
                .entry("temperature", 7.8)
                .entry("level", 18)
                .entry("active", false);
            let post = data_table_rows::post(application, table, row);
            black_box(&*post.send(&ours.client).await?);
        }
    }
    Ok(())
}

/// A client of reqwest, and the base URL.
struct Hand {
    client: Client,
    url: String,
}

impl Hand {
    fn rows(&self) -> String {
        format!("{}/applications/{APPLICATION}/data-tables/{TABLE}/rows", self.url)
    }

    fn row(&self) -> RequestBuilder {
        self.client.get(format!("{}/{ROW}", self.rows()))
    }

    fn page(&self) -> RequestBuilder {
        self.client.get(format!("{}?limit=1000", self.rows()))
    }

    fn new_row(&self) -> RequestBuilder {
        self.client.post(self.rows())
    }
}

async fn typed(hand: Arc<Hand>, work: Work) -> Result<(), Failure> {
    match work {
        Work::Row => receive::<derived::Row>(hand.row()).await,
        Work::Rows => receive::<derived::Rows>(hand.page()).await,
        Work::Insert => insert::<derived::Row>(hand.new_row(), &new_row()).await,
    }
}

async fn untyped(hand: Arc<Hand>, work: Work) -> Result<(), Failure> {
    match work {
        Work::Row => receive::<Value>(hand.row()).await,
        Work::Rows => receive::<Value>(hand.page()).await,
        Work::Insert => {
            let row = json!({"device": "sensor-7", "site": "east", "temperature": 7.8, "level": 18, "active": false});
            insert::<Value>(hand.new_row(), &row).await
        }
    }
}

/// Makes a client as by hand: one that sends what the API asks for with every request, and does not wait for ever.
fn by_hand() -> Result<Client, Failure> {
    let mut headers = HeaderMap::new();
    headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
    headers.insert("Accept-Version", HeaderValue::from_static("^1.29.4"));
    Ok(Client::builder()
        .user_agent("by-hand/0.1.0")
        .default_headers(headers)
        .timeout(TIMEOUT)
        .build()?)
}

/// A new row, as somebody writes it who knows its columns.
#[derive(Serialize)]
struct NewRow {
    device: &'static str,
    site: &'static str,
    temperature: f64,
    level: u32,
    active: bool,
}

fn new_row() -> NewRow {
    NewRow {
        device: "sensor-7",
        site: "east",
        temperature: 7.8,
        level: 18,
        active: false,
    }
}

async fn insert<T: DeserializeOwned>(request: RequestBuilder, row: &impl Serialize) -> Result<(), Failure> {
    let body = serde_json::to_vec(row)?;
    receive::<T>(request.header(CONTENT_TYPE, "application/json").body(body)).await
}

async fn receive<T: DeserializeOwned>(request: RequestBuilder) -> Result<(), Failure> {
    let response = request.bearer_auth(TOKEN).send().await?.error_for_status()?;
    let bytes = response.bytes().await?;
    black_box(serde_json::from_slice::<T>(&bytes)?);
    Ok(())
}
