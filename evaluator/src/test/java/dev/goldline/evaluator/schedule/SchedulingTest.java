package dev.goldline.evaluator.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@NullMarked
class SchedulingTest {
    private static final Duration FAST = Duration.ofMillis(200);

    @Test
    void a_gate_doubles_a_round_until_the_ceiling() throws Exception {
        EndpointGate gate = new EndpointGate(100);
        assertThat(gate.limit()).isEqualTo(16);

        round(gate);
        assertThat(gate.limit()).isEqualTo(32);
        round(gate);
        round(gate);
        assertThat(gate.limit()).isEqualTo(100);
    }

    @Test
    void a_storm_of_refusals_cuts_once_and_growth_is_by_a_step_from_then_on() throws Exception {
        EndpointGate gate = new EndpointGate(64);
        round(gate);
        round(gate);
        List<EndpointGate.Permit> storm = all(gate);
        storm.forEach(EndpointGate.Permit::pushedBack);
        storm.forEach(EndpointGate.Permit::close);
        assertThat(gate.limit()).isEqualTo((int) (64 * 0.7));
        assertThat(gate.cuts()).isEqualTo(1);

        round(gate);

        assertThat(gate.limit()).isBetween(45, 46);
    }

    @Test
    void a_first_token_far_slower_than_usual_is_a_push_back() throws Exception {
        EndpointGate gate = new EndpointGate(32);
        round(gate);
        EndpointGate.Permit permit = gate.enter().orElseThrow();

        permit.firstToken(Duration.ofSeconds(30));

        assertThat(gate.cuts()).isEqualTo(1);
    }

    @Test
    void a_closed_gate_lets_nobody_in() throws Exception {
        EndpointGate gate = new EndpointGate(1);
        gate.close();
        assertThat(gate.enter()).isEmpty();
    }

    private static List<EndpointGate.Permit> all(EndpointGate gate) throws Exception {
        List<EndpointGate.Permit> permits = new ArrayList<>();
        for (int i = gate.limit(); i > 0; i--) {
            permits.add(gate.enter().orElseThrow());
        }
        return permits;
    }

    private static void round(EndpointGate gate) throws Exception {
        for (EndpointGate.Permit permit : all(gate)) {
            permit.firstToken(FAST);
            permit.close();
        }
    }

    @Test
    void pauses_double_up_to_a_minute_and_obey_the_endpoint() {
        Retries retries = new Retries(1);
        for (int failure = 1; failure <= 10; failure++) {
            long ceiling = Math.min(60_000, 1_000L << (failure - 1));
            assertThat(retries.after(FailureClass.PUSHED_BACK, Optional.empty()).orElseThrow())
                    .isBetween(Duration.ofMillis(ceiling / 2), Duration.ofMillis(ceiling));
        }
        assertThat(new Retries(1).after(FailureClass.PUSHED_BACK, Optional.of(Duration.ofSeconds(90))))
                .hasValueSatisfying(pause -> assertThat(pause).isGreaterThanOrEqualTo(Duration.ofSeconds(90)));
    }

    @Test
    void what_will_never_be_served_is_not_tried_again() {
        assertThat(new Retries(1).after(FailureClass.REFUSED, Optional.empty())).isEmpty();
    }

    @Test
    void each_class_of_failure_has_its_own_number_of_tries() {
        Retries retries = new Retries(1);
        for (int i = 0; i < FailureClass.STALL.retries(); i++) {
            assertThat(retries.after(FailureClass.STALL, Optional.empty())).isPresent();
        }
        assertThat(retries.after(FailureClass.STALL, Optional.empty())).isEmpty();
        assertThat(retries.after(FailureClass.SERVER, Optional.empty())).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 17, 64, 140, 1000})
    void an_order_holds_every_place_once(int size) {
        SeededOrder order = new SeededOrder(size, 42);
        assertThat(IntStream.range(0, size).map(order::at).distinct().count()).isEqualTo(size);
        assertThat(IntStream.range(0, size).map(order::at)).allMatch(place -> place >= 0 && place < size);
    }

    @Test
    void another_seed_is_another_order() {
        assertThat(IntStream.range(0, 50).map(new SeededOrder(50, 1)::at).toArray())
                .isNotEqualTo(
                        IntStream.range(0, 50).map(new SeededOrder(50, 2)::at).toArray());
    }

    @Test
    void what_is_spent_inside_is_spent_outside_and_the_innermost_limit_is_named() {
        AtomicLong nanos = new AtomicLong();
        Meter run = Meter.of("run", tokens(100), nanos::get);
        Meter attempt = run.inner("attempt", tokens(60));
        attempt.spend(59, 0);
        assertThat(attempt.reached()).isEmpty();
        attempt.spend(1, 0);
        assertThat(attempt.reached()).hasToString("Optional[the limit of the attempt, 60 tokens, was reached]");
        run.inner("attempt", tokens(60)).spend(40, 0);
        assertThat(run.reached()).contains(new Meter.Reached("run", "100 tokens"));
    }

    @Test
    void a_clock_that_goes_backwards_reaches_no_limit() {
        AtomicLong nanos = new AtomicLong(1_000_000_000_000L);
        Limit wall = new Limit(
                OptionalLong.empty(), OptionalDouble.empty(), Optional.of(Duration.ofSeconds(5)), OptionalInt.empty());
        Meter meter = Meter.of("run", wall, nanos::get);
        nanos.set(0);
        assertThat(meter.reached()).isEmpty();
        nanos.set(1_005_000_000_000L);
        assertThat(meter.reached()).isPresent();
    }

    private static Limit tokens(long most) {
        return new Limit(OptionalLong.of(most), OptionalDouble.empty(), Optional.empty(), OptionalInt.empty());
    }
}
