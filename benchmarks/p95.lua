-- wrk prints p90 and p99; the target is p95.
done = function(summary, latency, requests)
  local errors = summary.errors.status + summary.errors.connect + summary.errors.read
    + summary.errors.write + summary.errors.timeout
  io.write(string.format("RESULT %.2f %.2f %d\n", summary.requests / summary.duration * 1e6,
    latency:percentile(95) / 1000, errors))
end
