/**
 * Batches concurrent questions into one statement. A question asked while a statement runs waits for the next one, which starts
 * when that ends: it sees everything committed before the question. `answerAll` answers in order;
 * equal questions are asked once.
 */
export function gatherQuestions<Question, Answer>(
  keyOf: (question: Question) => string,
  answerAll: (questions: Question[]) => Promise<Answer[]>,
): (question: Question) => Promise<Answer> {
  let underWay: Promise<unknown> = Promise.resolve();
  let gathering: { questions: Map<string, Question>; answers: Promise<Map<string, Answer>> } | null = null;

  const begin = () => {
    const questions = new Map<string, Question>();
    const answers = underWay.then(async () => {
      gathering = null;
      const keys = [...questions.keys()];
      const given = await answerAll([...questions.values()]);
      return new Map(keys.map((key, index) => [key, given[index] as Answer]));
    });
    underWay = answers.catch(() => undefined);
    return { questions, answers };
  };

  return async (question) => {
    gathering ??= begin();
    const key = keyOf(question);
    gathering.questions.set(key, question);
    return (await gathering.answers).get(key) as Answer;
  };
}
