<?php
// Symfony Translation: php xliff.php AUTOLOAD FILE [OUT VERSION BEFORE AFTER]
// Prints the messages as JSON, [id, source, target] each; with OUT, writes them with BEFORE source AFTER at every target.
use Symfony\Component\Translation\Dumper\XliffFileDumper;
use Symfony\Component\Translation\Loader\XliffFileLoader;

[, $autoload, $file] = $argv;
require $autoload;
try {
    $catalogue = (new XliffFileLoader())->load($file, 'fr', 'news');
    $rows = [];
    foreach ($catalogue->all('news') as $key => $target) {
        $metadata = $catalogue->getMetadata($key, 'news') ?? [];
        $rows[] = [$metadata['id'] ?? null, $metadata['source'] ?? $key, $target];
        if (isset($argv[3])) {
            $catalogue->set($key, $argv[5] . $key . $argv[6], 'news');
        }
    }
    if (isset($argv[3])) {
        $options = ['xliff_version' => $argv[4], 'default_locale' => 'en'];
        file_put_contents($argv[3], (new XliffFileDumper())->formatCatalogue($catalogue, 'news', $options));
    } else {
        echo json_encode($rows, JSON_UNESCAPED_UNICODE | JSON_THROW_ON_ERROR);
    }
} catch (Throwable $error) {
    fwrite(STDERR, substr($error->getMessage(), 0, 300));
    exit(1);
}
