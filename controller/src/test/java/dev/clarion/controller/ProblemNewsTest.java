package dev.clarion.controller;

import static org.assertj.core.api.Assertions.assertThat;

import dev.clarion.config.Origin;
import dev.clarion.config.Problem;
import dev.clarion.config.ProblemReason;
import dev.clarion.config.Severity;
import dev.clarion.config.Source;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Of the problems of a configuration, what is told and what was told already. */
class ProblemNewsTest {
    private final ProblemNews news = new ProblemNews();

    private static Origin pool(int i) {
        return new Origin(Source.RESOURCE, "IPAddressPool", "metallb-system", "p" + i);
    }

    private static Problem problem(Origin origin, String message) {
        return new Problem(Severity.ERROR, ProblemReason.NOT_YAML, origin, "", "spec", 0, 0, message);
    }

    private static List<Problem> of(Origin origin, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> problem(origin, "wrong " + i))
                .toList();
    }

    @Test
    void aProblemIsToldOnceAndAgainIfItReturns() {
        assertThat(news.of(of(pool(1), 2)).lines())
                .extracting(ProblemNews.Line::wrong)
                .containsExactly(true, true);
        assertThat(news.of(of(pool(1), 2))).isEqualTo(new ProblemNews.News(List.of(), 0));
        assertThat(news.of(of(pool(1), 3)).lines())
                .singleElement()
                .satisfies(line -> assertThat(line.text()).endsWith("wrong 2"));
        assertThat(news.of(List.of()).lines())
                .containsExactly(new ProblemNews.Line(pool(1), false, "nothing is wrong any more"));
        assertThat(news.of(of(pool(1), 1)).lines()).hasSize(1);
    }

    @Test
    void ofOneObjectNoMoreThanSomeAreTold() {
        ProblemNews.News told = news.of(of(pool(1), ProblemNews.MOST_OF_ONE + 7));

        assertThat(told.lines()).hasSize(ProblemNews.MOST_OF_ONE);
        assertThat(told.untold()).isEqualTo(7);
    }

    @Test
    void thousandsOfObjectsAreNotAllToldAtOnceNeitherWhenTheyAreWrongNorWhenTheyAreMended() {
        List<Problem> many = IntStream.range(0, 3_000)
                .mapToObj(i -> problem(pool(i), "wrong"))
                .toList();

        ProblemNews.News told = news.of(many);
        assertThat(told.lines()).hasSize(ProblemNews.MOST_AT_ONCE);
        assertThat(told.untold()).isEqualTo(3_000 - ProblemNews.MOST_AT_ONCE);

        ProblemNews.News oneMore = news.of(Stream.concat(many.stream(), Stream.of(problem(pool(9_999), "new")))
                .toList());
        assertThat(oneMore.lines())
                .singleElement()
                .satisfies(line -> assertThat(line.origin()).isEqualTo(pool(9_999)));
        assertThat(oneMore.untold()).isZero();

        ProblemNews.News mended = news.of(List.of());
        assertThat(mended.lines()).hasSize(ProblemNews.MOST_AT_ONCE).noneMatch(ProblemNews.Line::wrong);
        assertThat(mended.untold()).isEqualTo(3_001 - ProblemNews.MOST_AT_ONCE);
    }

    @Test
    void afterAllWasForgottenItIsToldAnew() {
        news.of(of(pool(1), 1));
        news.forget();

        assertThat(news.of(of(pool(1), 1)).lines()).hasSize(1);
    }
}
