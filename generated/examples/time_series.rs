//! Asks for what the devices of an application reported: averages over time, and the last values.
//!
//! `cargo xtask emulator` prints what to set before `cargo run -p losant-data --example time_series`.

mod support;

use losant_data::operations::data;
use losant_data::schemas::{AggregationString, Key, LastValueQuery, TimeSeriesQuery};

#[tokio::main(flavor = "current_thread")]
async fn main() -> support::Outcome {
    let (builder, application) = support::environment()?;
    let client = builder.build()?;

    // The last hour, in steps of ten minutes; times are in milliseconds.
    let query = TimeSeriesQuery::new()
        .duration(3_600_000.0)
        .resolution(600_000.0)
        .aggregation(AggregationString::Mean)
        .attributes(vec![Key::try_from("temperature")?]);
    let series = data::time_series_query(application.clone(), query)
        .send(&client)
        .await?;
    for (id, device) in series.devices.iter() {
        println!("{id}: {} points", device.points.len());
        for point in &device.points {
            println!("  {} {:?}", point.time, point.data.get("temperature"));
        }
    }

    let query = LastValueQuery::new().attribute(Key::try_from("temperature")?);
    let last = data::last_value_query(application, query).send(&client).await?;
    for (id, value) in last.iter() {
        println!("{id}: {:?} at {}", value.data.get("temperature"), value.time);
    }
    Ok(())
}
