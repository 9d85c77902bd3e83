//! Retries by a rule of one's own: what only reads is tried every second for as long as the call has time.
//!
//! `cargo xtask emulator` prints what to set before `cargo run -p losant-data --example retry_policy`.

mod support;

use std::time::Duration;

use losant_data::operations::data_tables;
use losant_data::runtime::{Attempt, Outcome, Repeat, RetryPolicy};

/// Tries again every second, and says so.
#[derive(Debug)]
struct Patient;

impl RetryPolicy for Patient {
    fn wait(&self, attempt: &Attempt<'_>) -> Option<Duration> {
        let helps = match attempt.outcome {
            Outcome::Status(status) => status.is_server_error() || status.as_u16() == 429,
            Outcome::Failed(_) => true,
        };
        if !helps || attempt.repeat != Repeat::Safe {
            return None;
        }
        println!("attempt {} gave {:?}; once more", attempt.number, attempt.outcome);
        Some(attempt.retry_after.unwrap_or(Duration::from_secs(1)))
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> support::Outcome {
    let (builder, application) = support::environment()?;
    let client = builder
        .options(|options| options.retry(Patient).timeout(Duration::from_secs(20)))
        .build()?;
    let tables = data_tables::get(&application).send(&client).await?;
    println!("{} tables", tables.total_count.unwrap_or_default());

    // A call that should rather fail at once.
    let hasty = client.with(|options| options.timeout(Duration::from_millis(500)));
    match data_tables::get(application).send(&hasty).await {
        Ok(tables) => println!("{} tables, quickly", tables.total_count.unwrap_or_default()),
        Err(error) => println!("{error}"),
    }
    Ok(())
}
