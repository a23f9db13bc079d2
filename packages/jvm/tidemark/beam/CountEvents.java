package tidemark.beam;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.apache.beam.sdk.transforms.DoFn;
import org.apache.beam.sdk.transforms.SerializableFunction;
import org.joda.time.Instant;
import tidemark.TidemarkCounts;

/**
 * Passes every element on, and counts it for Tidemark by its type and timestamp. A bundle that fails is not counted until it
 * succeeds. The URL and token are read on the workers, from TIDEMARK_URL and TIDEMARK_TOKEN: a token has no place in a job's graph.
 */
public class CountEvents<T> extends DoFn<T, T> {
  private static final long serialVersionUID = 1;
  /** One for all threads of a worker. */
  private static final ConcurrentMap<String, TidemarkCounts> SHARED = new ConcurrentHashMap<>();

  private final String dc;
  private final String stage;
  private final String reporter;
  private final SerializableFunction<T, String> eventType;
  private transient TidemarkCounts counts;
  private transient TidemarkCounts.Bundle bundle;

  public CountEvents(String dc, String stage, String reporter, SerializableFunction<T, String> eventType) {
    this.dc = dc;
    this.stage = stage;
    this.reporter = reporter;
    this.eventType = eventType;
  }

  @Setup
  public void setup() {
    counts = SHARED.computeIfAbsent(dc + "\n" + stage + "\n" + reporter, each -> open());
  }

  @StartBundle
  public void startBundle() {
    bundle = counts.startBundle();
  }

  @ProcessElement
  public void process(@Element T element, @Timestamp Instant timestamp, OutputReceiver<T> out) {
    bundle.count(eventType.apply(element), java.time.Instant.ofEpochMilli(timestamp.getMillis()));
    out.output(element);
  }

  @FinishBundle
  public void finishBundle() {
    bundle.finish();
  }

  private TidemarkCounts open() {
    String url = System.getenv("TIDEMARK_URL");
    String token = System.getenv("TIDEMARK_TOKEN");
    if (url == null || token == null) throw new IllegalStateException("Set TIDEMARK_URL and TIDEMARK_TOKEN on the workers.");
    TidemarkCounts opened = new TidemarkCounts(TidemarkCounts.Settings.of(url, token, dc, stage, reporter));
    Runtime.getRuntime().addShutdownHook(new Thread(opened::close));
    return opened;
  }
}
