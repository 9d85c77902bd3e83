//! Asks for what the devices of an application reported: averages over time, and the last values.
//!
//! `cargo xtask emulator` prints what to set before `cargo run -p losant-data --example time_series`.
//! The devices of the emulator report their voltage every ten minutes.

mod support;

use losant_data::operations::data;
use losant_data::schemas::{AggregationString, Key, LastValueQuery, TimeSeriesQuery};

#[tokio::main(flavor = "current_thread")]
async fn main() -> support::Outcome {
    let (builder, application) = support::environment()?;
    let client = builder.build()?;
    let voltage = Key::try_from("voltage")?;

    // The last hour, in steps of twenty minutes; times are in milliseconds.
    let query = TimeSeriesQuery::new()
        .duration(3_600_000.0)
        .resolution(1_200_000.0)
        .aggregation(AggregationString::Mean)
        .attributes(vec![voltage.clone()]);
    let series = data::time_series_query(&application, query).send(&client).await?;
    println!("means of the voltage from {} to {}", series.start, series.end);
    for (_, device) in series.devices.iter() {
        println!("{}", device.name);
        for point in &device.points {
            if let Some(mean) = point.data.get("voltage").and_then(|mean| mean.as_f64()) {
                println!("  {} {mean:.2} V", point.time);
            }
        }
    }

    let query = LastValueQuery::new().attribute(voltage);
    let last = data::last_value_query(&application, query).send(&client).await?;
    println!("last values");
    for (id, value) in last.iter() {
        if let Some(voltage) = value.data.get("voltage") {
            println!("  {id}: {voltage} V at {}", value.time);
        }
    }
    Ok(())
}
