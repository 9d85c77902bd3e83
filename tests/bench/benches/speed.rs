//! How long everybody takes for each document; those who stand beside each other run one after the other.

use std::time::{Duration, Instant};

use bench::{calls, contenders, documents, maps};
use criterion::{Criterion, criterion_group, criterion_main};

fn speed(criterion: &mut Criterion) {
    for (name, text) in documents::all() {
        let everybody = contenders::of(name, &text);
        for direction in ["decode", "encode"] {
            let mut group = criterion.benchmark_group(format!("{direction}-{name}"));
            for contender in everybody.iter().filter(|contender| contender.fault.is_none()) {
                let work = if direction == "decode" {
                    &contender.decode
                } else {
                    &contender.encode
                };
                group.bench_function(contender.name, |bencher| bencher.iter(work));
            }
            group.finish();
        }
    }
}

/// How long it takes to look up, to replace and to read the properties of maps.
fn speed_of_maps(criterion: &mut Criterion) {
    for (name, everybody) in maps::all() {
        let mut group = criterion.benchmark_group(name);
        for mut contender in everybody {
            group.bench_function(contender.name, |bencher| bencher.iter(&mut contender.run));
        }
        group.finish();
    }
}

/// How long a call takes while others are under way.
fn speed_of_calls(criterion: &mut Criterion) {
    let groups = calls::all().expect("a server and its clients");
    for (name, everybody) in groups {
        let mut group = criterion.benchmark_group(format!("calls-{name}"));
        // Longer than the others, since more disturbs it.
        group.measurement_time(Duration::from_millis(500));
        for contender in &everybody {
            group.bench_function(contender.name, |bencher| {
                bencher.iter_custom(|count| {
                    let start = Instant::now();
                    (contender.run)(count);
                    start.elapsed()
                });
            });
        }
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .without_plots()
        // Short, since it is done many times over: what disturbs one run does not move the median of all.
        .warm_up_time(Duration::from_millis(30))
        .measurement_time(Duration::from_millis(150))
        .sample_size(10)
        .nresamples(1000);
    targets = speed, speed_of_maps, speed_of_calls
}
criterion_main!(benches);
