// Sends lines of CSV as a file, as fast as the other side takes them.

/** A download whose lines are made while it is read; when the reader goes away, no more are made. */
export const csvResponse = ({ fileName, lines }: { fileName: string; lines: AsyncGenerator<string> }): Response => {
	const encoder = new TextEncoder();
	const body = new ReadableStream<Uint8Array>({
		async pull(controller) {
			const { value, done } = await lines.next();
			if (done) controller.close();
			else controller.enqueue(encoder.encode(value));
		},
		async cancel() {
			await lines.return(undefined);
		},
	});
	return new Response(body, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="${fileName}"`,
			'cache-control': 'no-store',
		},
	});
};
