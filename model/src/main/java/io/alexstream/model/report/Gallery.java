package io.alexstream.model.report;

import io.alexstream.contract.InputSpec;
import io.alexstream.image.ImageException;
import io.alexstream.model.data.FrameReader;
import io.alexstream.model.evaluate.Answer;
import io.alexstream.model.evaluate.PackageAnswers;
import io.alexstream.model.terminal.Text;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The pictures on which the package was most wrong and most right, with what it says of them. Confined to one thread. */
final class Gallery {

    private static final int WORST = 12;
    private static final int BEST = 8;
    private static final int PREDICTIONS = 5;

    /** What stands under a thumbnail. */
    private static final int FILE_COLUMNS = 34;

    /** Thumbnails, in pixels: the middle 200 of 226, as much of the picture as AlexNet's 227 of 256. */
    private static final InputSpec THUMBNAIL = InputSpec.square(200, 226);

    private final FrameReader reader;
    private final PackageAnswers answered;

    Gallery(FrameReader reader, PackageAnswers answered) {
        this.reader = reader;
        this.answered = answered;
    }

    String sections() throws IOException {
        List<Answer> bySureness = new ArrayList<>(answered.answers());
        bySureness.sort(Comparator.comparingDouble((Answer answer) -> -answer.probabilities()[0]));
        List<Answer> wrong =
                bySureness.stream().filter(answer -> answer.rank() != 0).toList();
        List<Answer> right =
                bySureness.stream().filter(answer -> answer.rank() == 0).toList();
        String worst = wrong.isEmpty()
                ? Html.section("Worst pictures", "No picture is taken for something else.", "")
                : Html.section(
                        "Worst pictures",
                        "Wrong, and surest of it, one of each class first.",
                        cards(spread(wrong, WORST)));
        String best = right.isEmpty()
                ? Html.section("Best pictures", "No picture gets its class first.", "")
                : Html.section(
                        "Best pictures",
                        "Right, and surest of it, one of each class first.",
                        cards(spread(right, BEST)));
        return worst + best;
    }

    /** The first of each class, then the next ones. */
    private static List<Answer> spread(List<Answer> answers, int most) {
        Set<String> seen = new LinkedHashSet<>();
        Set<Answer> chosen = new LinkedHashSet<>();
        answers.stream().filter(answer -> seen.add(answer.image().label())).forEach(chosen::add);
        chosen.addAll(answers);
        return chosen.stream().limit(most).toList();
    }

    private String cards(List<Answer> answers) throws IOException {
        StringBuilder cards = new StringBuilder("<div class=cards>");
        for (Answer answer : answers) {
            cards.append("<article>")
                    .append(picture(answer))
                    .append("<h3 title=\"")
                    .append(Html.text(label(answer)))
                    .append("\">")
                    .append(Html.text(label(answer), 40))
                    .append("</h3><p class=file title=\"")
                    .append(Html.text(answer.image().shown()))
                    .append("\">")
                    .append(Html.text(Text.cutMiddle(Text.plain(answer.image().shown()), FILE_COLUMNS)))
                    .append("</p><ol>");
            for (int i = 0; i < Math.min(PREDICTIONS, answer.classes().length); i++) {
                String label = answered.labels().get(answer.classes()[i]);
                cards.append(Html.format(
                        "<li class=\"%s\" title=\"%s\"><b style=\"width:%.1f%%\"></b><span>%s</span><small>%s</small>",
                        answer.classes()[i] == answer.truth() ? "truth" : "",
                        Html.text(label),
                        100 * answer.probabilities()[i],
                        Html.text(label, 40),
                        Html.percent(answer.probabilities()[i])));
            }
            cards.append("</ol></article>\n");
        }
        return cards.append("</div>").toString();
    }

    /** The package's, if it has one: the image's may be only an id. */
    private String label(Answer answer) {
        return answer.truth() >= 0
                ? answered.labels().get(answer.truth())
                : answer.image().label();
    }

    private String picture(Answer answer) throws IOException {
        byte[] frame;
        try {
            frame = reader.read(answer.image().uri(), THUMBNAIL);
        } catch (ImageException e) {
            return "<div class=gone>cannot be read any more</div>";
        }
        BufferedImage image = new BufferedImage(THUMBNAIL.width(), THUMBNAIL.height(), BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < frame.length / 3; i++) {
            int colour = (frame[i * 3] & 0xFF) << 16 | (frame[i * 3 + 1] & 0xFF) << 8 | (frame[i * 3 + 2] & 0xFF);
            image.setRGB(i % THUMBNAIL.width(), i / THUMBNAIL.width(), colour);
        }
        return "<img alt=\"\" width=200 height=200 src=\"" + DataImage.jpeg(image) + "\">";
    }
}
